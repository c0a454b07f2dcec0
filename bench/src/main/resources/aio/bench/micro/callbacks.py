"""Measures one case of the table of callbacks: callbacks.py asyncio|uvloop CASE SECONDS; prints nanoseconds per operation."""
import asyncio
import os
import sys
import threading
import time


def thousand_per_turn(loop):
    per_turn, turns = 1000, 20
    left = turns

    def nothing():
        pass

    def turn():
        nonlocal left
        if left == 0:
            loop.stop()
            return
        left -= 1
        for _ in range(per_turn):
            loop.call_soon(nothing)
        loop.call_soon(turn)

    loop.call_soon(turn)
    loop.run_forever()
    return per_turn * turns


def chain(loop):
    links = 5000
    left = links

    def link():
        nonlocal left
        left -= 1
        if left == 0:
            loop.stop()
        else:
            loop.call_soon(link)

    loop.call_soon(link)
    loop.run_forever()
    return links


def chain_with_reader(loop):
    source, sink = os.pipe()
    loop.add_reader(source, lambda: None)
    try:
        return chain(loop)
    finally:
        loop.remove_reader(source)
        os.close(source)
        os.close(sink)


def ping_pong(loop):
    trips = 2000
    ponged = threading.Semaphore(0)

    def ping():
        for _ in range(trips):
            loop.call_soon_threadsafe(ponged.release)
            ponged.acquire()
        loop.call_soon_threadsafe(loop.stop)

    thread = threading.Thread(target=ping)
    thread.start()
    loop.run_forever()
    thread.join()
    return trips


CASES = {
    "callSoon x 1000": thousand_per_turn,
    "chain with a reader": chain_with_reader,
    "chain alone": chain,
    "ping-pong": ping_pong,
}


def main(subject, case, seconds):
    if subject == "uvloop":
        import uvloop
        loop = uvloop.new_event_loop()
    else:
        loop = asyncio.new_event_loop()
    batch = CASES[case]
    batch(loop)  # warms up
    start = time.perf_counter_ns()
    operations = 0
    while operations == 0 or time.perf_counter_ns() - start < 2e9 * seconds:
        operations += batch(loop)
    print((time.perf_counter_ns() - start) / operations)
    loop.close()


main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
