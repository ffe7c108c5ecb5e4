package dev.gatehouse.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of a task, as a server gives it; nothing else may become a part of a path. */
record TaskId(String text) {
    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<TaskId> {
        @Override
        public TaskId convert(String word) {
            if (!word.matches("tsk-[0-9a-z]{1,60}")) {
                throw new TypeConversionException("an ID is tsk- and letters and digits, as gatehouse tasks shows it");
            }
            return new TaskId(word);
        }
    }
}
