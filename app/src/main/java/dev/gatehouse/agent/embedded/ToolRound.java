package dev.gatehouse.agent.embedded;

import dev.gatehouse.agent.ImageContent;
import dev.gatehouse.agent.OfferedTool;
import dev.gatehouse.agent.Session;
import dev.gatehouse.agent.ToolAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Makes the tool calls of one response and turns the answers into results (E2.4, engines.md section 2.5). */
final class ToolRound {
    private static final int PARALLEL = 4;
    private static final int IMAGES_PER_TURN = 4;

    private final Session session;
    private final Map<String, OfferedTool.Kind> kinds;

    ToolRound(Session session) {
        this.session = session;
        this.kinds = session.tools().tools().stream()
                .collect(Collectors.toUnmodifiableMap(OfferedTool::name, OfferedTool::kind));
    }

    /** Makes every call and returns one result for each, in the same order. Calls after a stop are not made, except those that stop. */
    List<ToolResult> run(int turn, List<Block.ToolUse> uses) throws InterruptedException {
        var onlyLooking = uses.stream().allMatch(u -> kind(u) == OfferedTool.Kind.OBSERVE);
        var answers = onlyLooking && uses.size() > 1 ? inParallel(turn, uses) : oneByOne(turn, uses);
        return results(uses, answers);
    }

    /** Makes the calls of the last permitted response that must not be lost: those that stop the robot (D10.1). */
    void stopsOnly(int turn, List<Block.ToolUse> uses) throws InterruptedException {
        oneByOne(
                turn,
                uses.stream().filter(u -> kind(u) == OfferedTool.Kind.STOP).toList());
    }

    /** What the model made up counts as acting; the gate will refuse it. */
    private OfferedTool.Kind kind(Block.ToolUse use) {
        return kinds.getOrDefault(use.name(), OfferedTool.Kind.ACTUATE);
    }

    private List<ToolAnswer> oneByOne(int turn, List<Block.ToolUse> uses) throws InterruptedException {
        var answers = new ArrayList<ToolAnswer>();
        for (var use : uses) {
            answers.add(call(turn, use));
        }
        return answers;
    }

    private List<ToolAnswer> inParallel(int turn, List<Block.ToolUse> uses) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(
                Math.min(PARALLEL, uses.size()),
                Thread.ofVirtual().name("tool-call-", 0).factory())) {
            var calls = uses.stream()
                    .map(use -> (Callable<ToolAnswer>) () -> call(turn, use))
                    .toList();
            var answers = new ArrayList<ToolAnswer>();
            for (var done : threads.invokeAll(calls)) {
                answers.add(done.get());
            }
            return answers;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw Failures.unchecked(e);
        }
    }

    private ToolAnswer call(int turn, Block.ToolUse use) throws InterruptedException {
        var over = session.stop().stopped() || session.deadline().passed();
        if (over && kind(use) != OfferedTool.Kind.STOP) {
            return ToolAnswer.error("Not called: the task is ending.");
        }
        if (use.arguments().isEmpty()) {
            return ToolAnswer.error("Not called: the arguments are not one JSON object.");
        }
        return session.tools().call(use.id(), turn, use.name(), use.arguments().get());
    }

    private static List<ToolResult> results(List<Block.ToolUse> uses, List<ToolAnswer> answers) {
        var results = new ArrayList<ToolResult>();
        var room = ResultText.PER_TURN;
        var images = 0;
        for (var i = 0; i < uses.size(); i++) {
            var use = uses.get(i);
            var answer = answers.get(i);
            var lines = new StringBuilder(answer.text());
            var pictures = new ArrayList<Picture>();
            for (var image : answer.images()) {
                switch (images < IMAGES_PER_TURN ? ImageFit.fit(image) : tooMany(image)) {
                    case ImageFit.Fitted.Shown shown -> {
                        pictures.add(shown.picture());
                        images++;
                    }
                    case ImageFit.Fitted.Described described ->
                        lines.append('\n').append(described.line());
                }
            }
            var text = ResultText.of(use.name(), lines.toString(), Math.min(ResultText.PER_RESULT, room));
            room = (int) Math.max(0, room - TokenBound.utf8(text));
            results.add(new ToolResult(use.id(), text, List.copyOf(pictures), answer.isError()));
        }
        return results;
    }

    private static ImageFit.Fitted tooMany(ImageContent image) {
        return new ImageFit.Fitted.Described("[image left out: more than %d in one turn; %d bytes in base64]"
                .formatted(IMAGES_PER_TURN, image.base64().length()));
    }
}
