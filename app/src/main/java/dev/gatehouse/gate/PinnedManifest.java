package dev.gatehouse.gate;

import dev.gatehouse.manifest.Manifest;
import dev.gatehouse.manifest.ManifestFile;
import dev.gatehouse.manifest.Unreadable;
import dev.gatehouse.manifest.Validator;
import dev.gatehouse.robot.Envelope;
import java.util.Set;

/**
 * The manifest as it is now, and the one the operator started or reloaded with. Reading tools follow the file; nothing
 * moves while the two differ (D16.4, threats.md T2.2).
 */
public final class PinnedManifest {
    private final ManifestFile file;
    private volatile Declared latest;
    private volatile String pin;

    public PinnedManifest(ManifestFile file) {
        this.file = file;
        this.latest = declare();
        this.pin = latest.sha256();
    }

    /** The manifest as it is now; the file is read, and judged again only if it changed. */
    public Declared now() {
        var reading = file.read();
        if (reading instanceof Manifest manifest
                && latest instanceof Declared.Present present
                && present.sha256().equals(manifest.sha256())) {
            return present;
        }
        latest = declare();
        return latest;
    }

    /** The manifest as it was when somebody last looked; reads no file. */
    public Declared latest() {
        return latest;
    }

    /** Hash that moving calls are held to. */
    public String pin() {
        return pin;
    }

    /** Takes the file as it is now for the one to hold to. */
    public void reload() {
        pin = now().sha256();
    }

    /** Holds to what an agreed change made of the file, if the file was the one held to before and nobody else has changed it since. */
    void follow(String before, String after) {
        if (pin.equals(before) && now().sha256().equals(after)) {
            pin = after;
        }
    }

    private Declared declare() {
        return switch (file.read()) {
            case Unreadable unreadable -> new Declared.Absent(unreadable);
            case Manifest manifest -> declared(manifest);
        };
    }

    /** The limits of an invalid manifest are not even read: a limit that is none must not become one. */
    private static Declared declared(Manifest manifest) {
        var valid = Validator.validate(manifest).ok() && toolSpeedIsALimit(manifest);
        return new Declared.Present(
                manifest,
                valid,
                Set.copyOf(manifest.capabilities()),
                manifest.hitlGates(),
                valid ? Envelope.of(manifest) : Envelope.undeclared());
    }

    /** The schema is silent about this limit; one that is no number from zero up would be none, or would break the envelope. */
    private static boolean toolSpeedIsALimit(Manifest manifest) {
        var declared = manifest.json().path("safety").path("max_tool_velocity_ms");
        var limit = manifest.limits().maxToolVelocityMs();
        return declared.isMissingNode() || (limit.isPresent() && limit.getAsDouble() >= 0);
    }
}
