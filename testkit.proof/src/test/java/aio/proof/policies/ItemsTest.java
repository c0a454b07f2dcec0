package aio.proof.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.junit.platform.commons.support.AnnotationSupport.findRepeatableAnnotations;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import aio.testkit.Asyncio;
import aio.testkit.Cases;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.ReflectionSupport;

/** That each case of each contract says which item of asyncio it is, and that asyncio's documentation has that item. */
@Timeout(30)
class ItemsTest {
    /** The items of the pages, as their sources have them. */
    private static final String ITEMS = "asyncio-items.txt";

    private static List<Class<?>> classes() {
        return ReflectionSupport.findAllClassesInPackage("aio.testkit", any -> true, any -> true);
    }

    private static Stream<Method> cases() {
        return classes().stream().flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> isAnnotated(method, Testable.class));
    }

    private static boolean says(AnnotatedElement tested) {
        boolean item = isAnnotated(tested, Asyncio.class);
        boolean none = isAnnotated(tested, NotInAsyncio.class);
        assertThat(item && none).as("%s is in asyncio, and is not", tested).isFalse();
        return item || none;
    }

    private static boolean isNumbered(Method test) {
        return test.getName().matches("c\\d+_.*");
    }

    private static boolean isOfAsyncio(Method test) {
        return isAnnotated(test, Asyncio.class)
                || isAnnotated(test.getDeclaringClass(), Asyncio.class) && !isAnnotated(test, NotInAsyncio.class);
    }

    @Test
    void eachCase_saysWhichItemItIs() {
        assertThat(cases().toList()).as("cases of contracts").hasSizeGreaterThan(900)
                .allSatisfy(test -> assertThat(says(test) | says(test.getDeclaringClass()))
                        .as("%s has @Asyncio or @NotInAsyncio, or its class has", test).isTrue());
    }

    @Test
    void aNumberedCase_isOfAsyncio() {
        assertThat(cases().filter(ItemsTest::isNumbered).toList()).hasSizeGreaterThan(300)
                .allMatch(ItemsTest::isOfAsyncio);
    }

    @Test
    void eachContract_tellsItsFailuresByTheExtension() {
        assertThat(cases().map(Method::getDeclaringClass).distinct().toList()).hasSizeGreaterThan(70)
                .allSatisfy(type -> assertThat(findRepeatableAnnotations(type, ExtendWith.class).stream()
                        .flatMap(found -> Arrays.stream(found.value()))).as("extensions of %s", type)
                        .contains(Cases.class));
    }

    @Test
    void eachItem_isInTheDocumentation() throws IOException {
        List<String> items;
        try (InputStream in = ItemsTest.class.getResourceAsStream(ITEMS)) {
            items = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
        List<String> named = Stream.concat(cases(), classes().stream())
                .flatMap(tested -> findAnnotation((AnnotatedElement) tested, Asyncio.class).stream())
                .map(Asyncio::value).distinct().toList();
        assertThat(named).hasSizeGreaterThan(100).isSubsetOf(items);
    }
}
