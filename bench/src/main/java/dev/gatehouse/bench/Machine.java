package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the numbers were measured on, as far as it matters to them. */
record Machine(
        String processor, int cores, boolean virtual, double memoryGib, String kernel, String java, String load) {
    static Machine here() throws IOException {
        var cpu = Files.readString(Path.of("/proc/cpuinfo"));
        return new Machine(
                field(cpu, "model name"),
                Runtime.getRuntime().availableProcessors(),
                field(cpu, "flags").contains("hypervisor"),
                Double.parseDouble(field(Files.readString(Path.of("/proc/meminfo")), "MemTotal")
                                .replaceAll("[^0-9]", ""))
                        / (1 << 20),
                System.getProperty("os.name") + " "
                        + System.getProperty("os.version").replaceAll("[^0-9.].*", ""),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    }

    private static String field(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "a %s with %d cores (%s), %.0f GiB of memory, %s, %s; load average before the start: %s",
                virtual ? "virtual machine" : "machine",
                cores,
                processor,
                memoryGib,
                kernel,
                java,
                load);
    }
}
