package dev.gatehouse.demo;

import dev.gatehouse.story.Ink;
import dev.gatehouse.story.Screen;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration says it has shown, each with whether it really happened. */
final class Claims {
    private final boolean modelIsFree;
    private final List<Claim> claims = new ArrayList<>();

    /**
     * No claims yet.
     *
     * @param modelIsFree a real model decides by itself what it does; a rehearsal does what it is told
     */
    Claims(boolean modelIsFree) {
        this.modelIsFree = modelIsFree;
    }

    /** Something that must hold whatever a model does. */
    void must(String what, boolean holds, String evidence) {
        claims.add(new Claim(what, holds ? Standing.HOLDS : Standing.FAILS, evidence));
    }

    /** Something that can only be seen if the model takes the expected way. */
    void expect(String what, boolean holds, String evidence) {
        var otherwise = modelIsFree ? Standing.NOT_OBSERVED : Standing.FAILS;
        claims.add(new Claim(what, holds ? Standing.HOLDS : otherwise, evidence));
    }

    boolean hold() {
        return claims.stream().noneMatch(claim -> claim.standing() == Standing.FAILS);
    }

    void show(Screen screen) {
        for (var claim : claims) {
            var glyphs = screen.glyphs();
            switch (claim.standing()) {
                case HOLDS -> screen.claim(Ink.GOOD, glyphs.yes(), claim.what(), claim.evidence());
                case FAILS -> screen.claim(Ink.BAD, glyphs.no(), "NOT TRUE: " + claim.what(), claim.evidence());
                case NOT_OBSERVED ->
                    screen.claim(Ink.WAIT, glyphs.rule(), "not observed: " + claim.what(), claim.evidence());
            }
        }
    }

    private record Claim(String what, Standing standing, String evidence) {}

    private enum Standing {
        HOLDS,
        FAILS,
        /** The model legitimately chose otherwise. */
        NOT_OBSERVED
    }
}
