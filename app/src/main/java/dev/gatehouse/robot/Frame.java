package dev.gatehouse.robot;

/** One picture as far as anybody outside the driver needs it: how large it is (robot-md.md 10.12). */
public record Frame(int width, int height, int channels) {}
