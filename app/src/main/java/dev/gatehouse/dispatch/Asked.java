package dev.gatehouse.dispatch;

import dev.gatehouse.gate.Principal;
import dev.gatehouse.secret.Secret;
import java.util.Optional;

/**
 * An order together with who asks and the model key they brought.
 *
 * @param key wiped when the order is refused, or when its task ends
 */
record Asked(Principal principal, Order order, Optional<Secret> key) {}
