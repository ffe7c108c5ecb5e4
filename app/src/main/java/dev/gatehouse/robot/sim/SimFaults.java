package dev.gatehouse.robot.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The switchboard of things that go wrong with hardware. Every switch stays as it is put; {@link #heal()} resets them all. */
public final class SimFaults {
    private final AtomicInteger stopsToDrop = new AtomicInteger();
    private final AtomicInteger haltsToBlock = new AtomicInteger();
    private volatile CountDownLatch blocked = new CountDownLatch(1);
    private volatile boolean busError;
    private volatile boolean acknowledges = true;
    private volatile Duration acknowledgeAfter = Duration.ZERO;
    private volatile Optional<String> lostEncoder = Optional.empty();
    private volatile boolean hardwareEstop;
    private volatile boolean frames = true;
    private volatile boolean depth = true;

    /** The servo bus fails at the next tick of a motion: {@code bus_error}. */
    public void busError() {
        busError = true;
    }

    /** Stops act but are never confirmed. */
    public void neverAcknowledge() {
        acknowledges = false;
    }

    /** Stops act at once and are confirmed only after the given time. */
    public void acknowledgeAfter(Duration time) {
        acknowledgeAfter = time;
    }

    /** The next stops are lost on the way: they neither act nor are they confirmed. */
    public void dropStops(int count) {
        stopsToDrop.set(count);
    }

    /** The next calls of {@code halt()} hang until {@link #heal()}. */
    public void blockHalts(int count) {
        haltsToBlock.set(count);
    }

    /** The position of a joint can no longer be read: {@code no_position_read} before a motion, {@code lost_encoder} during one. */
    public void loseEncoder(String joint) {
        lostEncoder = Optional.of(joint);
    }

    /** The red button is pressed, or not. */
    public void hardwareEstop(boolean pressed) {
        hardwareEstop = pressed;
    }

    /** The camera gives no picture. */
    public void loseFrames() {
        frames = false;
    }

    /** The camera gives a picture without depth. */
    public void loseDepth() {
        depth = false;
    }

    /** All is well again. */
    public void heal() {
        stopsToDrop.set(0);
        haltsToBlock.set(0);
        blocked.countDown();
        blocked = new CountDownLatch(1);
        busError = false;
        acknowledges = true;
        acknowledgeAfter = Duration.ZERO;
        lostEncoder = Optional.empty();
        hardwareEstop = false;
        frames = true;
        depth = true;
    }

    boolean busIsBroken() {
        return busError;
    }

    boolean acknowledges() {
        return acknowledges;
    }

    Duration acknowledgeDelay() {
        return acknowledgeAfter;
    }

    Optional<String> lostEncoder() {
        return lostEncoder;
    }

    boolean hardwareEstopPressed() {
        return hardwareEstop;
    }

    boolean givesFrames() {
        return frames;
    }

    boolean givesDepth() {
        return depth;
    }

    boolean dropsThisStop() {
        return stopsToDrop.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    }

    /** Hangs if this call of {@code halt()} is one that hangs. */
    void mayBlock() {
        var gate = blocked;
        if (haltsToBlock.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    List<String> codes() {
        var codes = new ArrayList<String>();
        if (busError) {
            codes.add("bus_error");
        }
        lostEncoder.ifPresent(joint -> codes.add("no_position_read"));
        return codes;
    }
}
