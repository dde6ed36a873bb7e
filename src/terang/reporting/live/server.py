"""The process of live updates: uvicorn with the application, which ends its streams as soon as it is told to stop."""

import argparse
import os
from types import FrameType

import uvicorn


class LiveServer(uvicorn.Server):
    """Ends the open streams at the first signal: otherwise the server would wait for pages that stay open for hours."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.config.loaded_app.hub.close()
        super().handle_exit(sig, frame)


def main() -> None:
    """`python -m terang.reporting.live.server --host 127.0.0.1 --port 8001`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    args = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "terang.config.settings")
    import django

    django.setup()
    from terang.reporting.live.app import LiveApplication

    LiveServer(
        uvicorn.Config(
            LiveApplication(),
            host=args.host,
            port=args.port,
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
    ).run()


if __name__ == "__main__":
    main()
