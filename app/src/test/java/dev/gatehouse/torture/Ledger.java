package dev.gatehouse.torture;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What callers know: the orders they sent, and which of them the server said it had taken. */
final class Ledger {
    private final Map<String, Order> sent = new ConcurrentHashMap<>();
    private final Map<String, String> taken = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();

    /** Sends an order, for the first time or again, and notes what came back. */
    void send(Client client, Order order) throws InterruptedException {
        sent.put(order.key(), order);
        var answer = client.order(order);
        switch (answer.status()) {
            case 200, 202 -> {
                var id = answer.body().path("id").asString("");
                var before = taken.putIfAbsent(order.key(), id);
                if (before != null && !before.equals(id)) {
                    throw new AssertionError("order " + order.key() + " became two tasks: " + before + " and " + id);
                }
                refused.remove(order.key());
            }
            case 0 -> {
                // Whether it was taken is not known; the key will tell.
            }
            default -> refused.add(order.key());
        }
    }

    /** Orders by key. */
    Map<String, Order> sent() {
        return sent;
    }

    /** Task ids by key, of orders that were acknowledged. */
    Map<String, String> taken() {
        return taken;
    }

    /** Orders without an answer. */
    Set<Order> unanswered() {
        var open = ConcurrentHashMap.<Order>newKeySet();
        sent.forEach((key, order) -> {
            if (!taken.containsKey(key) && !refused.contains(key)) {
                open.add(order);
            }
        });
        return open;
    }
}
