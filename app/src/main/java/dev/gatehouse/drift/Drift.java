package dev.gatehouse.drift;

import dev.gatehouse.agent.Prices;
import dev.gatehouse.agent.embedded.LiveProbe;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.json.CanonicalJson;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.server.GateTrial;
import dev.gatehouse.server.StartFailure;
import dev.gatehouse.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the world with what it was when somebody last agreed (dispatcher.md section 20). */
public final class Drift {
    private static final long PRICES_STALE_DAYS = 120;
    private static final String AGREE = "If that is meant, agree with: gatehouse drift --update";
    private static final String NO_BASELINE = "Agree to what is found now with: gatehouse drift --update";

    private final Subject subject;
    private final Path baseline;
    private final Clock clock;

    /** @param baseline file of what was agreed to; need not exist */
    public Drift(Subject subject, Path baseline, Clock clock) {
        this.subject = subject;
        this.baseline = baseline;
        this.clock = clock;
    }

    /** Looks at everything. */
    public Report check() throws InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.add(engine());
        Optional<Baseline> agreed;
        try {
            agreed = Files.exists(baseline) ? Optional.of(Baseline.read(baseline)) : Optional.empty();
        } catch (ConfigException e) {
            findings.add(Finding.unchecked("baseline", String.valueOf(e.getMessage()), NO_BASELINE));
            agreed = Optional.empty();
        }
        findings.add(sent(agreed));
        findings.add(Finding.fits("claude code", "not configured"));
        findings.addAll(surface(agreed));
        findings.add(prices());
        subject.live().ifPresent(key -> findings.add(live(key)));
        return new Report(findings);
    }

    /**
     * Agrees to the world as it is.
     *
     * @throws ConfigException if it cannot be found out, or not be written
     */
    public void update() throws ConfigException, InterruptedException {
        try (var trial = trial()) {
            now(trial).write(baseline);
        } catch (StartFailure e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ConfigException(baseline + ": cannot be written");
        }
    }

    private Baseline now(GateTrial trial) throws IOException, InterruptedException {
        return new Baseline(SentHeaders.observe(), hashes(trial), effects(trial), TierTable.of(trial));
    }

    private GateTrial trial() throws StartFailure, ConfigException {
        return GateTrial.open(subject.robotMd(), subject.driver(), subject.policy());
    }

    private static Finding engine() throws InterruptedException {
        return EngineTrial.run()
                .map(problem -> Finding.drifted(
                        "embedded engine",
                        problem,
                        "Do not serve with this build; report it with the output of --json."))
                .orElseGet(
                        () -> Finding.fits("embedded engine", "stream, tool call, usage, budget stop, broken stream"));
    }

    private static Finding sent(Optional<Baseline> agreed) throws InterruptedException {
        var check = "sdk and api version";
        try {
            var now = SentHeaders.observe();
            if (!now.keySet().containsAll(List.of(SentHeaders.API_VERSION, SentHeaders.SDK_VERSION))) {
                return Finding.drifted(check, "a model call does not say which it is", "Do not serve with this build.");
            }
            return compared(check, agreed.map(Baseline::sent), now, "changed");
        } catch (IOException e) {
            return Finding.unchecked(check, "no connection to this machine itself", "Find out what blocks loopback.");
        }
    }

    private List<Finding> surface(Optional<Baseline> agreed) {
        try (var trial = trial()) {
            return List.of(
                    pinned(trial),
                    compared("tools", agreed.map(Baseline::tools), hashes(trial), "changed"),
                    compared("tool effects", agreed.map(Baseline::effects), effects(trial), "reclassified"),
                    compared("tier table", agreed.map(Baseline::decisions), TierTable.of(trial), "decided otherwise:"));
        } catch (StartFailure | ConfigException e) {
            return List.of(Finding.unchecked(
                    "tools",
                    String.valueOf(e.getMessage()),
                    "Name the robot as serve is told: --robot-md, --driver, --policy."));
        }
    }

    private Finding pinned(GateTrial trial) throws ConfigException {
        var pin = subject.policy().isPresent()
                ? StrictYaml.read(subject.policy().get(), Policy::read).surfacePin()
                : Optional.<String>empty();
        var check = "pinned tools";
        if (pin.isEmpty()) {
            return Finding.fits(check, "the policy pins none");
        }
        return pin.get().equals(trial.tools().surfaceSha256())
                ? Finding.fits(check, "those of the policy")
                : Finding.drifted(
                        check,
                        "not those of the policy",
                        "Look at what changed, then agree with: gatehouse policy pin");
    }

    private static Map<String, String> hashes(GateTrial trial) {
        var all = new TreeMap<String, String>();
        trial.tools().tools().forEach(tool -> all.put(tool.name(), CanonicalJson.sha256(tool.surface())));
        return all;
    }

    private static Map<String, String> effects(GateTrial trial) {
        var all = new TreeMap<String, String>();
        for (Tool tool : trial.tools().tools()) {
            all.put(tool.name(), tool.least().wire() + " to " + tool.worst().wire());
        }
        return all;
    }

    private static Finding compared(
            String check, Optional<Map<String, String>> before, Map<String, String> now, String changedWord) {
        if (before.isEmpty()) {
            return Finding.unchecked(check, "nothing to compare with", NO_BASELINE);
        }
        var difference = Difference.between(before.get(), now);
        return difference.isEmpty()
                ? Finding.fits(check, now.size() + " as agreed")
                : Finding.drifted(check, difference.text(changedWord), AGREE);
    }

    private Finding prices() {
        var check = "prices";
        try {
            var list = Prices.in(subject.prices());
            var missing = subject.models().stream()
                    .filter(model -> list.price(model).isEmpty())
                    .sorted()
                    .toList();
            if (!missing.isEmpty()) {
                return Finding.drifted(
                        check,
                        "no row for " + String.join(", ", missing),
                        "Orders for these models are refused; add rows to a file and name it with --prices.");
            }
            return age(check, list.version());
        } catch (ConfigException e) {
            return Finding.unchecked(check, String.valueOf(e.getMessage()), "Correct the price list.");
        }
    }

    /** A list says of itself how old it is; one that does not is the operator's own affair. */
    private Finding age(String check, String version) {
        try {
            var days = ChronoUnit.DAYS.between(LocalDate.parse(version), LocalDate.now(clock));
            return days > PRICES_STALE_DAYS
                    ? Finding.drifted(
                            check,
                            "the list is " + days + " days old",
                            "Compare the list with the provider's prices and give it the date of today.")
                    : Finding.fits(check, "every model has a row, " + Math.max(0, days) + " days old");
        } catch (DateTimeException e) {
            return Finding.fits(check, "every model has a row, version " + version);
        }
    }

    private Finding live(Secret key) {
        var model = subject.models().stream().sorted().findFirst().orElseThrow();
        return LiveProbe.ask(subject.modelUrl(), model, key)
                .map(problem -> Finding.drifted(
                        "live", problem, "Check the key, the model's name and the provider's status page."))
                .orElseGet(() -> Finding.fits("live", model + " counted and answered"));
    }
}
