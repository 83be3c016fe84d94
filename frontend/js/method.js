// The page of the method: all it asks is whether what is shown beside it is made up, and what was corrected.

import { apiAddress, ask } from "./api-client.js";
import { correctionList } from "./components/corrections.js";
import { showSimulated } from "./live/simulated.js";

const CORRECTIONS = apiAddress("/api/corrections", { sort: "correction_id", order: "desc" });

ask("/api/health").then(({ body }) => showSimulated(body), () => {});
// Without an answer the link to the list stays.
ask(CORRECTIONS).then(({ body }) => document.getElementById("corrections").replaceChildren(correctionList(body.data)), () => {});
