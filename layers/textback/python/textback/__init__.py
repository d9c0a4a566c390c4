"""Two-way SMS for medical practices."""

import gc
import os

# Nearly all that a function makes while it starts stays as long as it does: to look through that
# for garbage, ever again as it grows, is a sixth of a cold start. `wiring` ends this.
if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    gc.disable()
