pytest_plugins = ["tests.support.local_run"]
