package dev.gatehouse.gate;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.secret.Secret;
import dev.gatehouse.tool.Payer;
import dev.gatehouse.tool.Steps;
import dev.gatehouse.tool.ToolResult;
import java.util.Optional;

/** The steps of one call that is made of calls: each goes through the same door, for the same caller. */
final class PlannedSteps implements Steps {
    private final Gate gate;
    private final Rules rules;
    private final Questions questions;
    private final Request whole;
    private final boolean tokenSpent;

    /**
     * The steps of a call that was let through.
     *
     * @param tokenSpent whether the token of the whole call was for the call itself
     */
    PlannedSteps(Gate gate, Rules rules, Questions questions, Request whole, boolean tokenSpent) {
        this.gate = gate;
        this.rules = rules;
        this.questions = questions;
        this.whole = whole;
        this.tokenSpent = tokenSpent;
    }

    @Override
    public Manifest manifest() {
        return ((Declared.Present) whole.declared()).manifest();
    }

    @Override
    public Payer payer() {
        return whole.principal().payer();
    }

    @Override
    public Prospect look(Step step) {
        return rules.prospect(read(step));
    }

    @Override
    public boolean carriesToken(Step step) {
        var request = read(step);
        return rules.question(request)
                .filter(ask -> questions.carries(request, ask))
                .isPresent();
    }

    @Override
    public Optional<String> ask(Step step) {
        var request = read(step);
        return rules.question(request).map(ask -> questions.opened(request, ask, rules.warnings(request)));
    }

    @Override
    public Optional<Prospect.Refused> overtaken() {
        return gate.overtaken(whole.latching(), whole.declared().sha256())
                .map(deny -> new Prospect.Refused(deny.reason(), deny.message()));
    }

    @Override
    public ToolResult run(Step step) throws InterruptedException {
        return gate.step(read(step), whole.declared().sha256());
    }

    private Optional<Secret> token(Step step) {
        var own = Optional.ofNullable(whole.call().stepTokens().get(step.number()));
        return step.alone() && !tokenSpent ? own.or(() -> whole.call().confirmToken()) : own;
    }

    private Request read(Step step) {
        return gate.read(
                whole.principal(),
                whole.task(),
                whole.call().step(step, token(step)),
                whole.progress(),
                whole.latching());
    }
}
