package aio.dist.browser;

import java.util.Locale;

/** The page in a browser, as the operator of the loop {@code shared} looks at it. Confined to one thread. */
public final class LivePage {
    private static final String LOOP = "document.querySelector('[data-loop=shared]";

    private final Browser browser;

    private LivePage(Browser browser) {
        this.browser = browser;
    }

    /**
     * Opens the page, and waits until it shows what the container says.
     *
     * @param login a user and the password, with a colon between them
     * @param port that of the console, on loopback
     */
    public static LivePage open(Browser browser, String login, int port) throws Exception {
        String address = "127.0.0.1:" + port + "/system/console/aio";
        browser.open("http://" + login + "@" + address); // logs in
        browser.open("http://" + address);
        browser.await("return document.getElementById('live').textContent", "live");
        return new LivePage(browser);
    }

    private static String engineOf() {
        return "return " + LOOP + " .engine')?.textContent";
    }

    /** Returns the engine of the loop. */
    public String engine() throws Exception {
        return browser.run(engineOf());
    }

    /** Waits until the loop has an engine. */
    public void awaitEngine(String engine) throws Exception {
        browser.await(engineOf(), engine);
    }

    /** Waits until the loop has so many connections. */
    public void awaitConnections(int count) throws Exception {
        browser.await("return " + LOOP + " .facts')?.textContent.split(' ')[0]", Integer.toString(count));
    }

    /** Waits until each chart of the loop has a line. */
    public void awaitCharts() throws Exception {
        browser.await("return [...document.querySelectorAll('[data-loop=shared] svg')].length == 2"
                + " && [...document.querySelectorAll('[data-loop=shared] svg')].every(one =>"
                + " one.querySelector('polyline'))", "true");
    }

    /** Returns how often the charts show that the loop has gone to an engine: once on each of the two. */
    public int swapsTo(String engine) throws Exception {
        return Integer.parseInt(browser.run(swaps(engine)));
    }

    private static String swaps(String engine) {
        return String.format(Locale.ROOT,
                "return document.querySelectorAll('[data-loop=shared] line.swap[data-to=%s]').length", engine);
    }

    /** Waits until the charts show so many times that the loop has gone to an engine. */
    public void awaitSwapsTo(String engine, int count) throws Exception {
        browser.await(swaps(engine), Integer.toString(count));
    }

    /** Clicks on pin, and waits until the dialog says that the loop would move. */
    public void askToPin(String policy) throws Exception {
        browser.click("[data-policy=" + policy + "] [data-action=pin]");
        browser.await("return document.querySelector('#plan tr')?.textContent.includes('moves')", "true");
    }

    /** Confirms what the dialog asks. */
    public void confirm() throws Exception {
        browser.click("#confirm");
    }

    /** Clicks on release, and confirms it. */
    public void release() throws Exception {
        browser.click("[data-action=release]");
        confirm();
    }

    /** Waits until the latest line of the history has a text. */
    public void awaitLatestChange(String text) throws Exception {
        browser.await("return document.querySelector('#history tr')?.textContent.includes(\"" + text + "\")", "true");
    }

    /**
     * Lets the page believe that the latest exchange of the loop is still under way: an exchange takes a fraction of a
     * millisecond, and the page asks once a second. All else in the container's reply stays as it is.
     *
     * @param really whether it is told the truth again
     */
    public void tellOfTheLatestSwap(boolean really) throws Exception {
        browser.run("""
                window.asks ??= window.fetch;
                window.fetch = %s ? window.asks : async (address, options) => {
                  const reply = await window.asks(address, options);
                  if (!String(address).includes('state.json')) return reply;
                  const state = await reply.json();
                  const swap = state.swaps.filter(each => each.loop === 'shared').pop();
                  swap.isOver = false;
                  state.loops.find(each => each.name === 'shared').driver = swap.from;
                  return new Response(JSON.stringify(state));
                };""".formatted(really));
    }

    /**
     * Lets the page believe that there is a second loop and a second policy of each name, whose numbers are the same,
     * and waits until it has asked some times; then it is told the truth again.
     *
     * @return how many cards the loop had then
     */
    public int cardsIfAllWereThereTwice() throws Exception {
        browser.run("""
                window.asks ??= window.fetch;
                window.told = 0;
                window.fetch = async (address, options) => {
                  const reply = await window.asks(address, options);
                  if (!String(address).includes('state.json')) return reply;
                  const state = await reply.json();
                  state.loops.push(...state.loops);
                  state.policies.push(...state.policies);
                  window.told++;
                  return new Response(JSON.stringify(state));
                };""");
        browser.await("return window.told > 4", "true");
        int cards = Integer.parseInt(browser.run(cards()));
        browser.run("window.fetch = window.asks;");
        return cards;
    }

    private static String cards() {
        return "return document.querySelectorAll('[data-loop=shared]').length";
    }

    /** Waits until the loop has so many cards. */
    public void awaitCards(int count) throws Exception {
        browser.await(cards(), Integer.toString(count));
    }

    /** Waits until each chart has, or has not, a band that reaches until now. */
    public void awaitBandUntilNow(boolean expected) throws Exception {
        browser.await("""
                return [...document.querySelectorAll('[data-loop=shared] svg')].map(chart => {
                  const right = chart.viewBox.baseVal.width;
                  return [...chart.querySelectorAll('rect.moving')].some(band =>
                    Math.abs(band.x.baseVal.value + band.width.baseVal.value - right) < 0.01);
                }).join(' ')""", expected + " " + expected);
    }
}
