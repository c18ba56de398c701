using System.Text.Json;
using Serverless.Banking.Keys;
using Serverless.Banking.Receipts;
using Serverless.Banking.Storage;

namespace Serverless.Banking.SmartPay;

/// <summary>What a scanned code of this bank says.</summary>
/// <param name="Request">Null: the code of the QR account itself.</param>
internal sealed record ScannedCode(QrAccountId QrAccount, QrRequestId? Request);

/// <summary>Writes and reads the text in the bank's QR codes: a JWS (ES256, compact) under the key of the receipts, so that a changed amount is refused (QR-40) and any app can check it offline.</summary>
/// <remarks>Names nobody and no account number: a photograph of a code tells nothing about its owner. The amount is there to be shown; what counts is what the bank has kept.</remarks>
internal sealed class QrCodes(ReceiptKeys keys)
{
    public const int LengthAtMost = 1024;

    private const string Type = "smart-pay+jwt";

    /// <summary>Another text each time, as ECDSA has it: what was given out is kept.</summary>
    public string New(QrAccountId account) => Write(new Claims(account.Value, null, null, null));

    /// <inheritdoc cref="New(QrAccountId)"/>
    public string New(QrAccountId account, QrRequestId request, Money? amount) => Write(new Claims(account.Value, request.Value, amount?.ToDecimalString(), amount?.Currency.Code));

    /// <returns>Null for anything that this bank has not written.</returns>
    public ScannedCode? Find(string text) =>
        text.Length <= LengthAtMost && CompactJws.Find(text) is { Type: Type, KeyId: { } id } code && keys.Find(id) is { } key && code.IsSignedBy(key)
        && Id(code.Text("q")) is { } account
            ? new ScannedCode(new QrAccountId(account), Id(code.Text("r")) is { } request ? new QrRequestId(request) : null)
            : null;

    private string Write(Claims claims) => CompactJws.Write(keys.Signing, Type, JsonSerializer.SerializeToUtf8Bytes(claims, StoredJson.Options));

    private static Guid? Id(string? text) => text is not null && Guid.TryParse(text, out var id) ? id : null;

    /// <param name="Q">The QR account.</param>
    /// <param name="R">The request.</param>
    /// <param name="A">Its amount, and <paramref name="C"/> the currency.</param>
    private sealed record Claims(Guid Q, Guid? R, string? A, string? C);
}
