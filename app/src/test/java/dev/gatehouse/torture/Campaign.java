package dev.gatehouse.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** One directory that outlives many servers, and the callers who keep handing orders to whichever runs. */
final class Campaign {
    private static final int CALLERS = 8;

    private final Path directory;
    private final Path home;
    private final FaultyHost host;
    private final Ledger ledger = new Ledger();
    private final Books books;
    private final AtomicInteger orders = new AtomicInteger();
    private final List<Trace> traces = new ArrayList<>();

    private Campaign(Path directory, Path home, FaultyHost host) {
        this.directory = directory;
        this.home = home;
        this.host = host;
        this.books = new Books(home.resolve("state"));
    }

    static Campaign in(Path directory) throws IOException, InterruptedException {
        var real = directory.toRealPath();
        return new Campaign(real, Files.createDirectory(real.resolve("home")), FaultyHost.in(real));
    }

    FaultyHost host() {
        return host;
    }

    /** Tasks the server has acknowledged so far. */
    int taken() {
        return ledger.taken().size();
    }

    /** Starts the next server; empty if it was killed on the way up. */
    Optional<VictimProcess> start() throws IOException {
        var trace = directory.resolve("trace-" + traces.size());
        Files.createFile(trace);
        traces.add(new Trace(trace));
        return VictimProcess.start(host, home, trace);
    }

    /** Starts one with nothing in its way, and has the orders that were never answered sent again, as their senders would. */
    VictimProcess startSound() throws IOException, InterruptedException {
        host.heal();
        var victim = start().orElseThrow();
        for (var order : ledger.unanswered()) {
            ledger.send(victim.client(), order);
        }
        return victim;
    }

    /** Hands over orders from several callers at once; returns when all have an answer, or none will come. */
    void load(VictimProcess victim, int count) throws InterruptedException, ExecutionException {
        var left = new AtomicInteger(count);
        Callable<Boolean> caller = () -> {
            while (victim.alive() && left.getAndDecrement() > 0) {
                ledger.send(victim.client(), next());
            }
            return victim.alive();
        };
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : callers.invokeAll(Collections.nCopies(CALLERS, caller))) {
                done.get();
            }
        }
    }

    /** The next order: one in three moves the arm. */
    private Order next() {
        var number = orders.incrementAndGet();
        return new Order("order-" + number, number % 3 == 0);
    }

    /** Hands over one order that moves the arm. */
    void tap(VictimProcess victim) throws InterruptedException {
        ledger.send(victim.client(), new Order("order-" + orders.incrementAndGet(), true));
    }

    /** Waits until nothing is open; false if the server died before. */
    boolean settled(VictimProcess victim) {
        await().until(() -> !victim.alive() || open(victim) == 0);
        return victim.alive();
    }

    private static int open(VictimProcess victim) throws InterruptedException {
        var status = victim.client().status();
        return status.status() == 200 ? status.body().path("open_tasks").asInt() : -1;
    }

    /** What a crash left holds so far. */
    void bury(VictimProcess victim) throws IOException {
        victim.kill();
        books.auditHoldsAfterACrash();
    }

    /** Ends the last server in order and adds up everything. */
    void addUp(VictimProcess victim) throws IOException, SQLException {
        assertThat(settled(victim)).isTrue();
        assertThat(victim.end()).isZero();
        books.addUp(ledger);
        var motions = 0;
        for (var trace : traces) {
            motions += trace.assertNothingMovedUnrecorded();
        }
        System.out.printf(
                "torture: %d servers, %d orders, %d acknowledged, %d motions, %d write boundaries%n",
                traces.size(), ledger.sent().size(), ledger.taken().size(), motions, host.boundaries());
    }
}
