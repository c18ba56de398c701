using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Banking.Sessions;

namespace Serverless.Testing;

/// <summary>Customers who come through eKlik, in the short way: the user is simply there, one with payment right has an mToken.</summary>
public static class EKlikClients
{
    /// <summary>A client that calls as a user of eKlik of this customer, and confirms what has to be confirmed by the mToken.</summary>
    /// <param name="number">Nine digits.</param>
    /// <param name="kind"><c>payment</c> or <c>info</c>.</param>
    public static async Task<HttpClient> EKlikAsync(this HttpBank bank, string number, string kind = "payment") =>
        bank.Client((await bank.SignIn.RunAsync(new SignInWish(number, kind, User: $"{kind}.{number}"))).Token);

    /// <summary>What a token shows at this moment.</summary>
    public static string Otp(byte[] key, DateTimeOffset at, OtpAlgorithm algorithm = OtpAlgorithm.Sha256) =>
        Totp.Code(key, TokenOtps.StepAt(Instant.FromDateTimeOffset(at)), TokenOtps.Digits, algorithm.Name());

    /// <summary>The header Strong-Confirmation by an mToken, for a quote or a challenge.</summary>
    /// <param name="factsHash">As the bank gave it.</param>
    public static string Confirming(byte[] key, string challenge, string factsHash, DateTimeOffset at) => "otp." + Totp.Code(
        key, TokenOtps.StepAt(Instant.FromDateTimeOffset(at)), TokenOtps.Digits, HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes($"{ConfirmationHash.Of(challenge)}.{factsHash}"));

    /// <summary>What an mToken computes with, as the phone makes it of the secret that it was given and the PIN.</summary>
    public static byte[] Key(string secret, string pin) => TokenOtps.WithPin(Convert.FromHexString(secret), pin);

    /// <summary>What the bank has stored of a user.</summary>
    public static async Task<EKlikGlance> GlanceAsync(this HttpBank bank, string user)
    {
        var row = (await bank.Host.Services.GetRequiredService<EKlikTable>().FindAsync(UserName.Find(user)!.Value, CancellationToken.None))!;
        return new EKlikGlance(row.Orders.Count, row.Grant is not null, row.Token?.Serial, row.Token is not null, row.Token?.Drift ?? 0, row.Reset?.IsUsed ?? false, row.Blocking);
    }

    public static async Task<int> CountEKlikUsersAsync(this HttpBank bank, string number) =>
        (await bank.Host.Services.GetRequiredService<EKlikTable>().ListAsync(CustomerId.Of(number), CancellationToken.None)).Count;

    /// <returns>A link for a reset that was asked for and opened.</returns>
    public static async Task<string> OpenedLinkAsync(this HttpBank bank, string user)
    {
        var name = UserName.Find(user)!.Value;
        var (link, hash) = bank.Host.Services.GetRequiredService<ResetLinks>().New(name, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        await bank.Host.Services.GetRequiredService<EKlikTable>().DecideAsync<bool>(
            name, (row, now) => new(row with { Reset = new ResetLink(hash, now, now + Duration.FromMinutes(30), IsOpened: true) }, true), CancellationToken.None);
        return link;
    }

    /// <returns>What the user's mToken computes with; null for one who may look only.</returns>
    internal static async Task<byte[]?> AddUserAsync(IServiceProvider services, SignInWish wish, UserName name, CancellationToken cancellation)
    {
        var (table, customer, isPayment) = (services.GetRequiredService<EKlikTable>(), CustomerId.Of(wish.Number), wish.Rights == "payment");
        var key = SHA256.HashData(Encoding.UTF8.GetBytes($"mtoken of {name.Value}"));
        var row = new EKlikRow(name.Value, customer, isPayment ? EKlikKind.Payment : EKlikKind.Info, table.Now, Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture))
        {
            Password = "none",
            PasswordSetAt = table.Now,
            Token = isPayment
                ? new TokenState(EKlikTokenKind.MToken, null, OtpAlgorithm.Sha256, services.GetRequiredService<TokenOtps>().Seal("otp", name.Value, key), 0, 0)
                : null,
        };
        await table.AddNameAsync(customer, name, cancellation);
        await table.TryAddAsync(row, null, cancellation);
        return isPayment ? key : null;
    }
}

/// <param name="Orders">Codes that were issued.</param>
/// <param name="IsActivating">A right activation code waits for its password.</param>
public sealed record EKlikGlance(int Orders, bool IsActivating, string? Serial, bool HasToken, long Drift, bool HasUsedLink, EKlikBlocking? Blocking);
