namespace Serverless.Banking.SmartPay;

/// <summary>How a transfer says which code was scanned: <c>qr/{account}</c> or <c>qr/{account}/{request}</c>.</summary>
internal static class QrOrigin
{
    public static string Of(ScannedCode code) => code.Request is { } request ? $"qr/{code.QrAccount}/{request}" : $"qr/{code.QrAccount}";

    public static ScannedCode? Find(string? origin) => origin?.Split('/') switch
    {
        ["qr", var account] => new ScannedCode(new QrAccountId(Guid.Parse(account)), null),
        ["qr", var account, var request] => new ScannedCode(new QrAccountId(Guid.Parse(account)), new QrRequestId(Guid.Parse(request))),
        _ => null,
    };
}
