package aio.core.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the pipes of children, of the best kind that this system has. Any thread. */
final class ChildPipes implements AutoCloseable {
    private final boolean unnamed;
    private final NamedPipes names;

    ChildPipes() {
        this(UnnamedPipe.areSupported(), new NamedPipes());
    }

    ChildPipes(boolean unnamed, NamedPipes names) {
        this.unnamed = unnamed;
        this.names = names;
    }

    /**
     * Opens pipes, all or none.
     *
     * @param toChild for each pipe, whether the child reads from it
     * @return empty if only those of the JDK are left
     */
    List<? extends ChildPipe> open(List<Boolean> toChild) throws IOException, InterruptedException {
        if (unnamed) {
            List<UnnamedPipe> found = UnnamedPipe.open(toChild);
            if (found != null) {
                return found;
            }
        }
        return openNamed(toChild);
    }

    private List<ChildPipe> openNamed(List<Boolean> toChild) throws IOException, InterruptedException {
        List<ChildPipe> opened = new ArrayList<>();
        boolean complete = false;
        try {
            for (boolean direction : toChild) {
                @Nullable Path name = names.take();
                if (name == null) {
                    return List.of();
                }
                opened.add(NamedPipe.open(name, direction));
            }
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.forEach(ChildPipe::discard);
            }
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
