/**
 * What makes JUnit 5 know event loops: tests that are given a loop and a clock, that run once on each policy, and that
 * fail if they leave something behind. As pytest-asyncio, Trio's {@code MockClock} and tokio's {@code start_paused} are
 * to their users; {@code docs/testkit.md} shows it.
 */
@NullMarked
package aio.testkit.junit;

import org.jspecify.annotations.NullMarked;
