package aio.policy.jfr;

import java.util.List;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A type of events that is made at run time. Its class is of the JDK's own loader, so the framework need not delegate
 * the recorder's internal packages, and it knows no class of this bundle. Any thread.
 *
 * @param <T> what an event tells of
 */
final class EventKind<T> implements AutoCloseable {
    private final EventFactory factory;
    private final List<Field<T>> fields;

    /** Registers a type; its events are on in every recording that does not switch them off. */
    EventKind(String name, String label, String description, List<Field<T>> fields) {
        this.fields = fields;
        factory = EventFactory.create(
                List.of(new AnnotationElement(Name.class, "aio." + name),
                        new AnnotationElement(Label.class, label),
                        new AnnotationElement(Description.class, description),
                        new AnnotationElement(Category.class, new String[] {"aio"}),
                        // that of the thread that tells, which is of no use
                        new AnnotationElement(StackTrace.class, false)),
                fields.stream().map(Field::descriptor).toList());
    }

    /** Writes an event, if a recording wants it. */
    void write(T of) {
        if (!factory.getEventType().isEnabled()) {
            return;
        }
        Event event = factory.newEvent();
        for (int i = 0; i < fields.size(); i++) {
            event.set(i, fields.get(i).value().apply(of));
        }
        event.commit();
    }

    /** Takes the type away from the recorder; what was written stays readable. */
    @Override
    public void close() {
        factory.unregister();
    }
}
