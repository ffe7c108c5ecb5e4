package dev.gatehouse.bench;

import java.io.IOException;

/** A Java program that does nothing until its standard input ends; what the memory of a server is compared with. */
final class EmptyProgram {
    private EmptyProgram() {}

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        var _ = System.in.read();
    }

    /** Resident memory in KiB of one with the options of a server. */
    static long residentKib(Site site) throws IOException {
        var process = site.scenario(EmptyProgram.class).start();
        try (var out = process.inputReader()) {
            var _ = out.readLine();
            return Resident.kib(process.pid());
        } finally {
            process.destroyForcibly();
        }
    }
}
