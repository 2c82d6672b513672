import { insertUser } from "@/lib/accounts/insert-user";
import type { Ctx } from "@/lib/actor";
import { normalizeEmail } from "@/lib/auth/email-address";
import { checkNewPassword } from "@/lib/auth/new-password";
import { hashPassword } from "@/lib/auth/password-hash";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";

export interface CreateUser {
  email: string;
  password: string;
  /** The operator vouches for the address, so it counts as confirmed unless this is false. */
  verified?: boolean;
  operator?: boolean;
  timeZone?: string;
}

/**
 * The operator's way to make an account: for the command line and the first start. Throws `invalid_input` on a
 * bad address or password, `conflict` when the address has an account.
 */
export async function createUser(
  ctx: Ctx,
  input: CreateUser,
): Promise<{ userId: string; workspaceId: string }> {
  const email = normalizeEmail(input.email);
  if (!email) throw new AppError("invalid_input", "invalidEmail", { field: "email" });
  checkNewPassword(input.password, email);
  const passwordHash = await hashPassword(input.password);
  const { verified = true, operator = false, timeZone = "UTC" } = input;
  try {
    return await db().$transaction((tx) =>
      insertUser(tx, ctx, { email, passwordHash, verified, operator, timeZone }),
    );
  } catch (error) {
    const taken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
    throw taken ? new AppError("conflict", "emailTaken", { field: "email" }) : error;
  }
}
