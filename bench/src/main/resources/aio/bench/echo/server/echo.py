"""asyncio's echo server with its default loop, or uvloop's if that is the argument."""
import asyncio
import resource
import sys

BACKLOG = 4096


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)

    def pause_writing(self):
        self.transport.pause_reading()

    def resume_writing(self):
        self.transport.resume_reading()


async def main():
    loop = asyncio.get_running_loop()
    end = asyncio.Event()

    def order():
        if not sys.stdin.readline():
            end.set()

    loop.add_reader(sys.stdin, order)
    server = await loop.create_server(Echo, "127.0.0.1", 0, backlog=BACKLOG)
    print("port", server.sockets[0].getsockname()[1], flush=True)
    await end.wait()


_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
if sys.argv[1] == "uvloop":
    import uvloop
    uvloop.install()
asyncio.run(main())
