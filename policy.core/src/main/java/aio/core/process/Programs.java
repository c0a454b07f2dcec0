package aio.core.process;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks commands, and explains why one could not be started. Stateless. */
final class Programs {
    /** The search path of the C library if there is no PATH; its empty entry is the working directory. */
    private static final String UNIX_DEFAULT_PATH = ":/bin:/usr/bin";

    private Programs() {}

    /** Returns an immutable copy of a command, after the checks that are possible before a start. */
    static List<String> checked(@Nullable List<String> command) {
        if (command == null || command.isEmpty()) {
            throw new IllegalArgumentException("the command is " + (command == null ? "null" : "empty")
                    + ": give at least the program to start");
        }
        List<String> copy = new ArrayList<>(command);
        for (int i = 0; i < copy.size(); i++) {
            String word = copy.get(i);
            if (word == null || word.indexOf('\0') >= 0 || (i == 0 && word.isEmpty())) {
                throw new IllegalArgumentException("word " + i + " of the command " + copy + " is "
                        + (word == null ? "null" : word.isEmpty() ? "empty" : "cut by a NUL character")
                        + ": give a program and its arguments as plain texts");
            }
        }
        return List.copyOf(copy);
    }

    /** Returns the command with which the system's shell runs a command line. */
    static List<String> ofShell(@Nullable String commandLine) {
        if (commandLine == null) {
            throw new IllegalArgumentException("the command line is null: give a command of the shell");
        }
        return checked(ExitStatus.WINDOWS
                ? List.of("cmd.exe", "/c", commandLine)
                : List.of("/bin/sh", "-c", commandLine));
    }

    /** Explains why a program could not be started: the text of the JDK's exception differs between its versions. */
    static IOException diagnose(String program, @Nullable Path directory, IOException failure) {
        if (failure instanceof FileSystemException || failure instanceof FileNotFoundException) {
            return failure; // it names the folder or the file at fault
        }
        List<Path> candidates = candidates(program, directory);
        boolean present = false;
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return failure;
            }
            present |= Files.exists(candidate);
        }
        IOException found = present
                ? new AccessDeniedException(program, null, "is not an executable file: check its mode and its kind")
                : new NoSuchFileException(program, null, isPath(program)
                        ? "no such program: check the path"
                        : "no such program in PATH: install it, or give its full path");
        found.initCause(failure);
        return found;
    }

    private static boolean isPath(String program) {
        return program.indexOf('/') >= 0 || (ExitStatus.WINDOWS && program.indexOf('\\') >= 0);
    }

    private static List<Path> candidates(String program, @Nullable Path directory) {
        List<Path> found = new ArrayList<>();
        if (isPath(program)) {
            boolean absolute = program.startsWith("/") || ExitStatus.WINDOWS;
            add(found, directory == null || absolute ? "" : directory.toString(), program);
            return found;
        }
        String path = System.getenv("PATH");
        if (path == null) {
            path = ExitStatus.WINDOWS ? "" : UNIX_DEFAULT_PATH;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            add(found, folder, program);
        }
        return found;
    }

    private static void add(List<Path> candidates, String folder, String program) {
        try {
            candidates.add(Path.of(folder, program));
            if (ExitStatus.WINDOWS) {
                candidates.add(Path.of(folder, program + ".exe"));
            }
        } catch (InvalidPathException e) {
            // an entry of PATH that is not a path holds no program
        }
    }
}
