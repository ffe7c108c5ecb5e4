package dev.gatehouse.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "init")
final class InitCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 1;
    }
}
