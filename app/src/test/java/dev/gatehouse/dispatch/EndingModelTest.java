package dev.gatehouse.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.dispatch.LiveTask.Urgency;
import dev.gatehouse.json.Json;
import dev.gatehouse.time.Deadline;
import dev.gatehouse.tool.Effect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Every order in which the steps of those can come who end one task (B11). The steps are the real ones of {@link LiveTask}, each of
 * which is one moment, in the order in which {@link Dispatcher} takes them; only the disk and the threads are left out.
 */
@Timeout(300)
class EndingModelTest {
    private static final int RANDOM_ORDERS = 900_000;

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private DispatchBench bench;

    /** That something came after a result is said aloud each time, which is right once and too much a million times. */
    private final Logger log = (Logger) LoggerFactory.getLogger(TaskLog.class);

    @BeforeEach
    void open() {
        log.setLevel(Level.ERROR);
        bench = new DispatchBench(directory);
    }

    @AfterEach
    void close() {
        bench.dispatcher.close();
        bench.close();
        log.setLevel(null);
    }

    /** Cheap enough for a hundred million times. */
    private static void holds(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** Somebody whose steps come one after the other, with those of others between them. */
    private interface Actor {
        /** Takes the next step; false after the last. */
        boolean step();
    }

    /** One task, and everybody who wants it to end. */
    private final class World {
        private final List<EventType> events = new ArrayList<>();
        private final LiveTask task;
        private boolean latched;
        private boolean cancelHeard;
        private boolean stopHeard;
        private int concluded;
        private Optional<Task> end = Optional.empty();

        World() {
            var order = DispatchBench.order(Effect.ACTUATE, true);
            var small = Json.object().put("id", "tsk-1").put("last_seq", 0).putNull("started_at");
            task = new LiveTask(
                    order,
                    bench.gate.mover(),
                    Optional.empty(),
                    Deadline.in(order.deadline(), bench.ticker),
                    () -> bench.gate.policy,
                    "",
                    new TaskLog(
                            new Remembering(events),
                            bench.gate.clock,
                            new Task("tsk-1", "mover", "crd", TaskState.ACCEPTED, small)),
                    bench.gate.redactor,
                    0);
        }

        Actor completing() {
            return new Ends(
                    List.of(() -> true, () -> task.claim(), () -> {
                        task.move(TaskState.RUNNING, "slot_granted");
                        return true;
                    }),
                    DispatchBench.done());
        }

        Actor canceling() {
            return new Ends(
                    List.of(
                            () -> {
                                cancelHeard = task.stop(StopCause.CANCELED, "race", Urgency.NOW);
                                return cancelHeard;
                            },
                            () -> task.claim()),
                    StopCause.CANCELED.unbegun("race"));
        }

        Actor stopping() {
            return new Ends(
                    List.of(
                            () -> {
                                latched = true;
                                return true;
                            },
                            () -> {
                                task.tellStop(bench.gate.robot.interlock().state());
                                return true;
                            },
                            () -> {
                                stopHeard = task.stop(StopCause.ESTOP, "estop", Urgency.NOW);
                                return stopHeard;
                            },
                            () -> task.claim()),
                    StopCause.ESTOP.unbegun("estop"));
        }

        /** A call of the task that waits for a person in between. */
        Actor asking() {
            var to = List.of(TaskState.AWAITING_APPROVAL, TaskState.RUNNING).iterator();
            return () -> {
                task.move(to.next(), "approval");
                return to.hasNext();
            };
        }

        /** Nothing that comes after the end changes it. */
        void look() {
            var now = task.task();
            if (end.isPresent()) {
                var then = end.get();
                holds(
                        now.state() == then.state()
                                && now.result().equals(then.result())
                                && now.lastSeq() == then.lastSeq(),
                        () -> "ended as " + then + ", became " + now);
            } else if (now.state().terminal()) {
                end = Optional.of(now);
            }
        }

        void over() {
            var ended = end.orElseThrow();
            holds(concluded == 1, () -> concluded + " concluded it");
            holds(
                    events.indexOf(EventType.RESULT) == events.size() - 1 && ended.lastSeq() == events.size(),
                    () -> "not one result, at the end: " + events);
            var expected = stopHeard ? TaskState.ESTOPPED : cancelHeard ? TaskState.CANCELED : TaskState.COMPLETED;
            // Whoever concludes sees the latch, also before the news of it reaches the task.
            var seen = latched && ended.state() == TaskState.ESTOPPED;
            holds(
                    ended.state() == expected || seen,
                    () -> "%s; stop heard: %s, cancel heard: %s".formatted(ended.state(), stopHeard, cancelHeard));
        }

        /** What goes before, for as long as it says so, and then the conclusion, by whoever may conclude. */
        private final class Ends implements Actor {
            private final List<BooleanSupplier> before;
            private final Ending ending;
            private int next;

            Ends(List<BooleanSupplier> before, Ending ending) {
                this.before = before;
                this.ending = ending;
            }

            @Override
            public boolean step() {
                var at = next++;
                if (at < before.size()) {
                    return before.get(at).getAsBoolean();
                }
                return switch (at - before.size()) {
                    case 0 -> {
                        var mine = task.conclude();
                        concluded += mine ? 1 : 0;
                        if (!mine) {
                            task.late(ending);
                        }
                        yield mine;
                    }
                    case 1 -> {
                        if (latched) {
                            var _ = task.stop(StopCause.ESTOP, "estop", Urgency.NOW);
                            task.tellStop(bench.gate.robot.interlock().state());
                        }
                        yield true;
                    }
                    default -> {
                        var _ = task.finish(ending, 0);
                        yield false;
                    }
                };
            }
        }
    }

    /** A disk that is never late. */
    private record Remembering(List<EventType> events) implements EventStore {
        @Override
        public CompletableFuture<Void> write(Change change) {
            if (change instanceof Change.Append append) {
                events.add(append.event().type());
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<TaskEvent> events(String taskId, long after, int limit) {
            return List.of();
        }
    }

    /** Plays one order: each number says which of those who have steps left takes the next one. */
    private static void play(World world, List<Actor> actors, IntUnaryOperator choice) {
        var left = new ArrayList<>(actors);
        while (!left.isEmpty()) {
            var at = left.size() == 1 ? 0 : choice.applyAsInt(left.size());
            if (!left.get(at).step()) {
                left.remove(at);
            }
            world.look();
        }
        world.over();
    }

    /** Plays every order there is of these; how many there were. */
    private int every(Function<World, List<Actor>> who) {
        var choices = new ArrayList<int[]>();
        var orders = 0;
        do {
            var world = new World();
            var depth = new int[1];
            play(world, who.apply(world), count -> {
                if (depth[0] == choices.size()) {
                    choices.add(new int[] {0, count});
                }
                return choices.get(depth[0]++)[0];
            });
            orders++;
            while (!choices.isEmpty() && choices.getLast()[0] + 1 == choices.getLast()[1]) {
                choices.removeLast();
            }
            if (!choices.isEmpty()) {
                choices.getLast()[0]++;
            }
        } while (!choices.isEmpty());
        return orders;
    }

    @Test
    @DisplayName("B11: cancel against complete, in every order, also while a person is asked")
    void cancelAgainstComplete() {
        assertThat(every(world -> List.of(world.completing(), world.canceling(), world.asking())))
                .isGreaterThan(1_000);
    }

    @Test
    @DisplayName("B11: estop against complete, in every order, also while a person is asked")
    void estopAgainstComplete() {
        assertThat(every(world -> List.of(world.completing(), world.stopping(), world.asking())))
                .isGreaterThan(1_000);
    }

    @Test
    @DisplayName("B11: cancel and estop against complete, in 900 000 orders: one result, the strongest cause, for ever")
    void allAtOnce() {
        IntStream.range(0, RANDOM_ORDERS).parallel().forEach(seed -> {
            var random = new SplittableRandom(seed);
            var world = new World();
            play(
                    world,
                    List.of(world.completing(), world.canceling(), world.stopping(), world.asking()),
                    random::nextInt);
        });
    }
}
