package aio.testkit.junit;

import java.lang.reflect.Method;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Lets a test run once on each seed. */
final class EachSeed implements TestTemplateInvocationContextProvider {
    private static final String PROPERTY = "aio.testkit.seed";

    /** Returns the only seed of a test, if it has one. */
    static OptionalLong chosen(Method test) {
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            try {
                return OptionalLong.of(Long.parseLong(property.trim()));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("the system property " + PROPERTY + " is \"" + property
                        + "\", expected a number: the seed that a failure has told", e);
            }
        }
        return AnnotationSupport.findAnnotation(test, Seed.class)
                .map(seed -> OptionalLong.of(seed.value())).orElse(OptionalLong.empty());
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        OptionalLong chosen = chosen(test);
        int count = AnnotationSupport.findAnnotation(test, TestOnSeeds.class).map(TestOnSeeds::count).orElse(1);
        LongStream seeds = chosen.isPresent() ? LongStream.of(chosen.getAsLong()) : LongStream.rangeClosed(1, count);
        return seeds.mapToObj(On::new);
    }

    /** One run. */
    private record On(long seed) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "seed " + seed;
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new LoopExtension(seed));
        }
    }
}
