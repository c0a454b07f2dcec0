package aio.core.loop;

import aio.core.foreign.MadeAt;
import aio.core.foreign.Text;
import aio.loop.BundleId;
import aio.loop.LoopResource;
import aio.loop.ResourceKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What lives on loops and their users have to end; each loop is asked on its own thread. Any thread. */
final class Resources {
    private final Origin origin;
    private final List<LoopResource> found = new ArrayList<>();

    private record Info(
            ResourceKind kind,
            String loop,
            String text,
            String owner,
            Optional<BundleId> bundle,
            List<StackTraceElement> madeAt)
            implements LoopResource {}

    private Resources(Origin origin) {
        this.origin = origin;
    }

    /** Returns what lives on some loops, by kind. */
    static List<LoopResource> of(List<CoreLoop> loops, Origin origin) {
        List<LoopResource> all = new ArrayList<>();
        for (CoreLoop loop : loops) {
            all.addAll(Question.ask(loop, origin, () -> new Resources(origin).look(loop)));
        }
        all.sort(Comparator.comparing(LoopResource::kind));
        return all;
    }

    private List<LoopResource> look(CoreLoop loop) {
        String name = loop.kernel().loopName();
        loop.kernel().residents().tell((kind, thing, user, noted) -> add(kind, name, thing, classOf(user), noted));
        loop.tasks().tell((kind, thing, user, noted) -> add(kind, name, thing, classOf(user), noted));
        loop.kernel().residents().tellUnretrieved((text, failure) -> found.add(new Info(ResourceKind.UNRETRIEVED, name,
                text, Text.ofClass(failure.getClass()), origin.bundle(failure.getClass()), MadeAt.thrown(failure))));
        return found;
    }

    private static Class<?> classOf(Object user) {
        return user instanceof Class<?> type ? type : user.getClass();
    }

    private void add(ResourceKind kind, String loop, Object thing, Class<?> owner, Object noted) {
        found.add(new Info(
                kind, loop, Text.of(thing), Text.ofClass(owner), origin.bundle(owner), MadeAt.of(noted)));
    }
}
