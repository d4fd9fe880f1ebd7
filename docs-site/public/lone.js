import { beginPage } from "./header.js";

beginPage();
