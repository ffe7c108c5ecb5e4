package dev.gatehouse.robot.sim;

/** The file is not a scene. The message names the field and is fit for an operator. */
public final class MalformedSceneException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSceneException(String message) {
        super(message);
    }
}
