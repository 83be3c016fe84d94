// The page of the method: all it asks is whether what is shown beside it is made up.

import { ask } from "./api-client.js";
import { showSimulated } from "./live/simulated.js";

ask("/api/health").then(({ body }) => showSimulated(body), () => {});
