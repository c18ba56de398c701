namespace Serverless.Banking.Credentials;

/// <summary>A new password is typed twice, and the two are not the same (AUTH-16, AUTH-17).</summary>
public sealed record PasswordsDiffer(string Field) : Invalid("passwords_differ", Field);
