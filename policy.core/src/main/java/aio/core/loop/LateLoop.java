package aio.core.loop;

import java.util.concurrent.CompletionStage;

/**
 * A loop whose exchange has outlasted the wait and goes on in the background.
 *
 * @param why what holds it up, as reported among what stayed
 * @param outcome what its exchange did, when it is over; completed on the thread that ends it
 */
public record LateLoop(String why, CompletionStage<ExchangeReport> outcome) {}
