using System.Buffers.Text;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Receipts;

namespace Serverless.Banking.Tests.Receipts;

public sealed class ReceiptTests : IDisposable
{
    private const string Iban = "AL47212110090000000235698741";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("receipts");

    [Fact]
    public void A_receipt_says_what_was_booked_and_whoever_has_the_public_key_can_check_it()
    {
        var bank = Bank();
        var text = bank.Sign.Sign(Iban, Lines());

        var receipt = bank.Verify.Run(text).Value!;
        Assert.Equal(
            ("own_transfer", Iban, new LocalDate(2026, 3, 2), "ALL -10.00|Qira ë|Besnik|aa, ALL -0.30|Komision||bb"),
            (receipt.Kind, receipt.Account, receipt.BookedOn, string.Join(", ", receipt.Lines.Select(l => $"{l.Amount}|{l.Description}|{l.Counterparty?.Name}|{l.Hash}"))));

        // As a stranger does it, who has the standard and the key set and nothing of ours.
        var key = bank.Keys.Public.Single();
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
        });
        var parts = text.Split('.');
        Assert.True(ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        Assert.Equal(("ES256", key.Kid), (header.RootElement.GetProperty("alg").GetString(), header.RootElement.GetProperty("kid").GetString()));
        Assert.Equal("receipt of ", receipt.ToString()[..11]);
    }

    [Fact]
    public void Whatever_is_changed_in_a_receipt_it_is_refused()
    {
        var bank = Bank();
        var text = bank.Sign.Sign(Iban, Lines());
        var parts = text.Split('.');

        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]));
        Assert.True(bank.Verify.Run(text).IsSuccess);
        Refused($"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.Replace("-10.00", "-1.00", StringComparison.Ordinal)))}.{parts[2]}");
        for (var at = 0; at < text.Length; at++)
        {
            // The last character of a part may carry bits that encode nothing.
            if (text[at] != '.' && at + 1 < text.Length && text[at + 1] != '.')
                Refused(text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..]);
        }

        Refused("");
        Refused("a.b");
        Refused($"{text}.x");
        Refused($"{parts[0]}.{parts[1]}.");
        Refused(new string('a', VerifyReceipt.LengthAtMost + 1));

        void Refused(string forged) => Assert.Equal(new ReceiptNotGenuine(), bank.Verify.Run(forged).Error);
    }

    [Theory]
    [InlineData("none", "receipt+jwt", "")]
    [InlineData("HS256", "receipt+jwt", "")]
    [InlineData("ES256", "JWT", "")]
    [InlineData("ES256", "receipt+jwt", ",\"crit\":[\"exp\"]")]
    [InlineData("ES256", "receipt+jwt", ",\"jwk\":{}")]
    public void A_header_that_asks_for_another_way_of_checking_is_not_followed(string algorithm, string type, string more)
    {
        var bank = Bank();
        var claims = bank.Sign.Sign(Iban, Lines()).Split('.')[1];
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","kid":"{{bank.Keys.Public[0].Kid}}","typ":"{{type}}"{{more}}}"""));

        Assert.Equal(new ReceiptNotGenuine(), bank.Verify.Run($"{header}.{claims}.").Error);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = Base64Url.EncodeToString(own.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256));
        Assert.Equal(new ReceiptNotGenuine(), bank.Verify.Run($"{header}.{claims}.{signature}").Error);
    }

    [Fact]
    public void After_a_change_of_key_new_receipts_have_the_new_one_and_old_receipts_stay_good()
    {
        using var pair = new KeyPair();
        var (first, second) = pair;
        var before = Bank(options => options.SigningKey = first.ExportPkcs8PrivateKeyPem());
        var old = before.Sign.Sign(Iban, Lines());

        var after = Bank(options =>
        {
            options.SigningKey = second.ExportECPrivateKeyPem();
            options.OldKeys.Add(first.ExportSubjectPublicKeyInfoPem());
        });
        var fresh = after.Sign.Sign(Iban, Lines());

        Assert.Equal((true, true), (after.Verify.Run(old).IsSuccess, after.Verify.Run(fresh).IsSuccess));
        Assert.Equal((true, false), (before.Verify.Run(old).IsSuccess, before.Verify.Run(fresh).IsSuccess));
        Assert.Equal(before.Keys.Public.Single(), after.Keys.Public[1]);
        Assert.Equal(2, after.Keys.Public.Count);
        Assert.False(Bank(options => options.SigningKey = second.ExportECPrivateKeyPem()).Verify.Run(old).IsSuccess);
    }

    [Fact]
    public void The_key_file_is_made_once_by_whoever_comes_first_and_holds_the_rotated_keys_too()
    {
        var path = Path.Combine(folder.FullName, "new", "keys.json");
        var banks = Enumerable.Range(0, 8).AsParallel().Select(_ => Bank(options => (options.SigningKey, options.KeyFile) = (null, path)).Keys.Public.Single().Kid).Distinct();
        var kid = Assert.Single(banks);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));

        using var file = JsonDocument.Parse(File.ReadAllText(path));
        var (old, other) = (file.RootElement.GetProperty("keys")[0].GetRawText(), Path.Combine(folder.FullName, "other.json"));
        _ = Bank(options => (options.SigningKey, options.KeyFile) = (null, other)).Keys.Public;
        using var second = JsonDocument.Parse(File.ReadAllText(other));
        File.WriteAllText(path, $$"""{"keys":[{{second.RootElement.GetProperty("keys")[0].GetRawText()}},{{old}}]}""");
        var rotated = Bank(options => (options.SigningKey, options.KeyFile) = (null, path));
        Assert.Equal(kid, rotated.Keys.Public[1].Kid);
        Assert.True(rotated.Verify.Run(Bank(options => options.SigningKey = old).Sign.Sign(Iban, Lines())).IsSuccess);
    }

    [Fact]
    public void A_key_that_cannot_sign_or_is_none_is_named_without_being_repeated()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var large = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        foreach (var text in new[] { key.ExportSubjectPublicKeyInfoPem(), large.ExportPkcs8PrivateKeyPem(), rsa.ExportPkcs8PrivateKeyPem(), "secret", "{}", "{\"kty\":\"EC\"}" })
        {
            var broken = Bank(options => options.SigningKey = text);
            var refusal = Assert.Throws<InvalidOperationException>(() => broken.Keys.Public);
            Assert.Contains("section Receipts", refusal.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(text, refusal.Message);
        }
    }

    [Fact]
    public void A_receipt_is_of_one_journal()
    {
        var bank = Bank();
        Assert.Throws<ArgumentException>(() => bank.Sign.Sign(Iban, []));
        Assert.Throws<ArgumentException>(() => bank.Sign.Sign(Iban, [Lines()[0], Lines()[0] with { Transaction = TransactionId.Derive("other") }]));
    }

    [Fact]
    public async Task The_command_line_check_needs_the_keys_only_and_refuses_what_was_altered()
    {
        var bank = Bank();
        var keys = Path.Combine(folder.FullName, "jwks.json");
        await File.WriteAllTextAsync(keys, JsonSerializer.Serialize(new { keys = bank.Keys.Public }, JsonSerializerOptions.Web), TestContext.Current.CancellationToken);
        var text = bank.Sign.Sign(Iban, Lines());

        var genuine = await VerifyAsync(text, keys);
        Assert.Equal(0, genuine.Code);
        Assert.Contains("-10.00 ALL  Qira ë  (Besnik)", genuine.Output);
        var parts = text.Split('.');
        Assert.Equal(1, (await VerifyAsync($"{parts[0]}.{parts[1][..^4]}AAAA.{parts[2]}", keys)).Code);
        Assert.Equal(1, (await VerifyAsync("nothing", keys)).Code);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private (SignReceipt Sign, VerifyReceipt Verify, ReceiptKeys Keys) Bank(Action<ReceiptsOptions>? configure = null)
    {
        var options = new ReceiptsOptions { KeyFile = Path.Combine(folder.FullName, "keys.json") };
        configure?.Invoke(options);
        var keys = new ReceiptKeys(Options.Create(options));
        return (new SignReceipt(keys, Options.Create(options)), new VerifyReceipt(keys, Options.Create(options)), keys);
    }

    private static Entry[] Lines()
    {
        var at = Instant.FromUtc(2026, 3, 2, 9, 0) + Duration.FromTicks(1234567);
        Entry Line(int leg, string amount, string text, Party? party, string hash) => new(
            5 + leg, TransactionId.Derive("receipt"), "own_transfer", Money.Find(amount, Currency.All)!, Money.Zero(Currency.All), text, "transfer 1",
            new LocalDate(2026, 3, 2), at, party, leg, hash);
        return [Line(0, "-10.00", "Qira ë", new Party("Besnik", null), "aa"), Line(1, "-0.30", "Komision", null, "bb")];
    }

    private static async Task<(int Code, string Output)> VerifyAsync(string receipt, string keys)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Serverless.sln")))
            root = root.Parent!;
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(root.FullName, "emulator/run/verify-receipt.mjs"), receipt, keys])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }

    private sealed class KeyPair : IDisposable
    {
        private readonly ECDsa first = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly ECDsa second = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public void Deconstruct(out ECDsa one, out ECDsa two) => (one, two) = (first, second);

        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
