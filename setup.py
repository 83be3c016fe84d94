"""What pyproject.toml cannot say: a wheel carries the dashboard, which lies beside `src` in a checkout."""

from pathlib import Path
from shutil import copytree

from setuptools import setup
from setuptools.command.build_py import build_py

DASHBOARD = Path(__file__).parent / "frontend"


class BuildWithDashboard(build_py):
    """An editable installation goes on reading the checkout's own files."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            copytree(DASHBOARD, Path(self.build_lib) / "park_downtime" / "frontend", dirs_exist_ok=True)


setup(cmdclass={"build_py": BuildWithDashboard})
