import { z } from "zod";

/** Where an order or a question comes from, an open list: store, web, app, phone, social, kiosk, marketplace, … */
export const channelSchema = z.string().min(1).max(64);
