package dev.gatehouse.doctor;

import dev.gatehouse.agent.Prices;
import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.StrictYaml;
import dev.gatehouse.gate.BearersFile;
import dev.gatehouse.gate.Credentials;
import dev.gatehouse.gate.Policy;
import dev.gatehouse.gate.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Whether the files an operator wrote say what they should, read as {@code serve} reads them. */
final class OperatorFiles {
    private OperatorFiles() {}

    static List<Finding> of(Subject subject, Clock clock) {
        var findings = new ArrayList<Finding>();
        subject.bearers().ifPresent(file -> findings.addAll(bearers(file, clock)));
        subject.policy().ifPresent(file -> findings.add(policy(file)));
        subject.prices().ifPresent(file -> findings.add(prices(file)));
        return findings;
    }

    private static List<Finding> bearers(Path file, Clock clock) {
        try {
            return bearers(file, BearersFile.read(file, clock));
        } catch (ConfigException e) {
            return List.of(unusable("bearers", e, "correct the file; gatehouse init makes one that works"));
        }
    }

    private static List<Finding> bearers(Path file, Credentials credentials) {
        if (!credentials.anybody(Role.STOP)) {
            return List.of(Finding.problem("bearers", file + ": every credential in it has expired", "issue new ones"));
        }
        var findings = new ArrayList<Finding>();
        if (!credentials.anybody(Role.APPROVE)) {
            findings.add(Finding.warning(
                    "bearers",
                    "nobody may approve, so whatever needs a person is never done",
                    "give a person of their own a credential with role approve in " + file));
        }
        if (!credentials.anybody(Role.CLEAR)) {
            findings.add(Finding.warning(
                    "bearers",
                    "nobody may clear a stop, so the first one is final",
                    "give a person of their own a credential with role clear in " + file));
        }
        return findings.isEmpty() ? List.of(Finding.ok("bearers", file.toString())) : findings;
    }

    private static Finding policy(Path file) {
        try {
            return StrictYaml.read(file, Policy::read).selfApprove()
                    ? Finding.warning(
                            "policy",
                            file + ": who asks may also approve",
                            "leave approvals.self_approve on only for somebody alone with the robot in sight")
                    : Finding.ok("policy", file.toString());
        } catch (ConfigException e) {
            return unusable("policy", e, "correct the file, or leave --policy out for the built-in one");
        }
    }

    private static Finding prices(Path file) {
        try {
            var prices = StrictYaml.read(file, Prices::of);
            return Finding.ok("prices", file + ", " + prices.models().size() + " models");
        } catch (ConfigException e) {
            return unusable("prices", e, "correct the file, or leave --prices out for the built-in list");
        }
    }

    private static Finding unusable(String check, ConfigException e, String next) {
        return Finding.problem(check, String.valueOf(e.getMessage()), next);
    }
}
