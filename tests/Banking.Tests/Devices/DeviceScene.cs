using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.IdentityDocuments;
using Serverless.Banking.Keys;
using Serverless.Banking.Notifications;
using Serverless.Banking.Sessions;
using Serverless.Banking.Storage;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Devices;

/// <summary>A customer's phones at a bank without a host.</summary>
internal sealed class DeviceScene(TestBank bank)
{
    public static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly P256Key Voucher = P256Key.New();
    private static readonly P256Key Tokens = P256Key.New();
    private int logins;

    public TestBank Bank => bank;

    public static void Services(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddCustomers().AddNotifications().AddSessions().AddCredentials().AddIdentityDocuments().AddDevices();
        services.Configure<SessionsOptions>(options =>
            (options.SigningKey, options.RefreshKey, options.IdleMinutes) = (Tokens.ToPrivateJwk(), Convert.ToBase64String(new byte[32]), 60));
        services.Configure<CredentialsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.Configure<DevicesOptions>(options =>
        {
            options.Key = Convert.ToBase64String(new byte[32]);
            options.AttestationKeys.Add(JsonSerializer.Serialize(
                new { kty = "EC", crv = "P-256", x = Voucher.Public.X, y = Voucher.Public.Y }));
        });
    }

    public async Task<DeviceScene> RegisterAsync()
    {
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, "push", null, "+355691000001"), CancellationToken.None);
        return this;
    }

    public async Task<Phone> PhoneAsync(string name, int times = 3)
    {
        var phone = new Phone(InstallationId.Of($"installation-{name}"), name, P256Key.New());
        for (var i = 0; i < times; i++)
            await LogInAsync(phone);
        return phone;
    }

    public Task<LoginRecorded> LogInAsync(Phone phone) => bank.Get<RecordLogin>().RunAsync(
        new LoginToRecord(Arta, phone.Installation, $"login-{phone.Name}-{logins++}", LoginMethod.Password), CancellationToken.None);

    public async Task<SessionId> OpenSessionAsync(SessionChannel channel, InstallationId installation, string? key)
    {
        var opened = await bank.Get<OpenSession>().RunAsync(
            new SessionStart(Arta, null, channel, installation, key, DeviceTrusted: false, SessionScope.Full, ["pwd", "otp"], MayPay: true), CancellationToken.None);
        return opened.Value!.SessionId;
    }

    public static DeviceCaller Caller(Phone phone, SessionId session = default) => new(Arta, phone.Id, session.Value ?? "", AuditActor.Customer(Arta, "mobile"));

    public static DeviceProof Sign(TestBank bank, Phone phone, DevicePurpose purpose) =>
        phone.Sign(bank.Get<DeviceChallenges>().Issue(phone.Id, purpose));

    /// <summary>Asks for a nonce, signs it, has the phone vouched for, accepts the offer.</summary>
    public static Task<Result<Device>> TrustAsync(TestBank bank, Phone phone, SessionId session = default, string verdict = "genuine") =>
        TrustAsync(bank, phone, session, verdict, TrustMethod.Offer, Sign(bank, phone, DevicePurpose.Trust));

    private static Task<Result<Device>> TrustAsync(TestBank bank, Phone phone, SessionId session, string verdict, TrustMethod method, DeviceProof proof)
    {
        var attestation = CompactJws.Write(Voucher, DeviceAttestations.Type, JsonSerializer.SerializeToUtf8Bytes(new
        {
            device = verdict,
            key = phone.Key.Id,
            nonce = proof.Nonce,
            exp = bank.Clock.GetUtcNow().AddMinutes(5).ToUnixTimeSeconds(),
        }));
        return bank.Get<TrustDevice>().RunAsync(new TrustRequest(Caller(phone, session), proof, attestation, method), CancellationToken.None);
    }

    /// <summary>As above, for a nonce that was given after the password; the chip was looked at before.</summary>
    public static Task<Result<Device>> TrustByDocumentAsync(TestBank bank, Phone phone) =>
        TrustAsync(bank, phone, default, "genuine", TrustMethod.Document, phone.Sign(bank.Get<DeviceChallenges>().Issue(phone.Id, DevicePurpose.TrustByDocument, Arta)));

    public static async Task<int> CountAsync(TestBank bank, string table, string filter)
    {
        var count = 0;
        await foreach (var _ in bank.Get<BankTables>().Open(table).QueryAsync<TableEntity>(filter))
            count++;
        return count;
    }
}

internal sealed record Phone(InstallationId Id, string Name, P256Key Key)
{
    public Installation Installation => new(Id, Name, InstallationType.Android, Jwk);

    public string Jwk => JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x = Key.Public.X, y = Key.Public.Y });

    public DeviceProof Sign(DeviceChallenge challenge) => new(Id, challenge.Nonce, Base64Url.EncodeToString(Key.Sign(Encoding.UTF8.GetBytes(challenge.Nonce))));
}
