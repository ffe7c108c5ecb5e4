package dev.gatehouse.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.StrictYaml;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of this machine (D2.3). */
class LocalOperatorsTest {
    private static final int SERVICE = 64_001;
    private static final int SOMEBODY = 64_002;

    private static Set<Role> roles(Map<Integer, Set<Role>> policy, int uid) throws Exception {
        return new LocalOperators(() -> policy, LocalOperators.user(SERVICE))
                .principal(LocalOperators.user(uid))
                .map(Principal::roles)
                .orElse(Set.of());
    }

    @Test
    @DisplayName("D2.3: without a policy root administers, approves and clears; nobody else is anybody")
    void builtIn() throws Exception {
        var policy = Policy.builtIn().localOperators();

        assertThat(roles(policy, 0)).containsExactlyInAnyOrder(Role.values());
        assertThat(roles(policy, SOMEBODY)).isEmpty();
    }

    @Test
    @DisplayName("D2.3: the user of the service may stop only, even if the policy says more")
    void ownUser() throws Exception {
        assertThat(roles(Map.of(SERVICE, Set.of(Role.ADMIN, Role.CLEAR)), SERVICE))
                .containsExactly(Role.STOP);
    }

    @Test
    @DisplayName("D2.3: the policy says what a user may do; a tier is none of it")
    void byPolicy() throws Exception {
        var policy = Policy.read(StrictYaml.read("version: 1\nlocal_operators: {64002: [approve]}"))
                .localOperators();

        assertThat(roles(policy, SOMEBODY)).containsExactlyInAnyOrder(Role.STOP, Role.APPROVE);
        assertThat(roles(policy, 0)).isEmpty();
        assertThat(new LocalOperators(() -> policy, LocalOperators.user(SERVICE))
                        .principal(LocalOperators.user(SOMEBODY))
                        .orElseThrow()
                        .tier())
                .isEqualTo(Tier.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{root: [admin]}", "{-1: [admin]}", "{0: admin}", "{0: [king]}", "{0x0: [admin]}", "[]"})
    @DisplayName("6.3: what is no user id or no role is a configuration error")
    void wrong(String operators) {
        assertThatThrownBy(() -> Policy.read(StrictYaml.read("version: 1\nlocal_operators: " + operators)))
                .hasMessageContaining("local_operators");
    }
}
