using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Tests;

public sealed class SignatureTests
{
    private const string Address = "/signers/qualified-signature";
    private static readonly byte[] Document = Encoding.ASCII.GetBytes("%PDF-1.7 a contract");
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Document));

    [Fact]
    public async Task A_document_is_signed_by_its_signer_and_the_signature_is_told_once()
    {
        await using var bank = await BankStub.StartAsync();
        await using var sandbox = await SandboxHost.StartAsync(null, ("Bank:WebhookBaseUrl", bank.WebhookBaseUrl));

        var opened = await OpenAsync(sandbox);
        Assert.Equal((201, "waiting"), (opened.Status, (string?)opened.Json["status"]));
        Assert.Equal((200, opened.Text), (await OpenAsync(sandbox) is var again ? again.Status : 0, again.Text));
        Assert.Equal("signature_id_reused", (string?)(await OpenAsync(sandbox, name: "Another")).Json["code"]);
        var page = new Uri((string)opened.Json["signUrl"]!).AbsolutePath;
        Assert.Contains(Digest, (await sandbox.GetAsync(page)).Text, StringComparison.Ordinal);
        Assert.Equal("signed", (string?)(await sandbox.PostAsync(page, """{"outcome":"signed"}""")).Json["status"]);
        Assert.Equal("signature_over", (string?)(await sandbox.PostAsync(page, """{"outcome":"declined"}""")).Json["code"]);

        var told = Assert.Single(await bank.WaitForAsync(1));
        Assert.Equal(("POST /api/webhooks/qualified-signature", "signature.completed"), (told.Call, (string?)told.Json["type"]));
        Assert.True(told.IsSignedWith("whsec_c2FuZGJveCBvbmx5LCBxdWFsaWZpZWQgc2lnbmF0dXJl"));
        var jws = (string)told.Json["data"]!["signature"]!;
        Assert.Equal(jws, (string?)(await sandbox.GetAsync($"{Address}/signatures/s-1")).Json["signature"]);
        var keys = new JsonWebKeySet((await sandbox.GetAsync($"{Address}/jwks")).Text);
        var read = await new JsonWebTokenHandler().ValidateTokenAsync(
            jws, new TokenValidationParameters { ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, IssuerSigningKeys = keys.GetSigningKeys() });
        Assert.True(read.IsValid, $"{read.Exception}");
        Assert.Equal(("s-1", Digest, "QES"), ((string)read.Claims["signatureId"], (string)read.Claims["documentSha256"], (string)read.Claims["level"]));
    }

    [Fact]
    public async Task It_can_be_declined_cancelled_or_forgotten()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        var declined = new Uri((string)(await OpenAsync(sandbox, "s-1")).Json["signUrl"]!).AbsolutePath;
        await OpenAsync(sandbox, "s-2");
        await OpenAsync(sandbox, "s-3");

        Assert.Contains("Not signed", (await sandbox.FormAsync(declined, ("outcome", "declined"))).Text, StringComparison.Ordinal);
        Assert.Equal("cancelled", (string?)(await sandbox.PostAsync($"{Address}/signatures/s-2/cancellation")).Json["status"]);
        Assert.Equal(200, (await sandbox.PostAsync($"{Address}/signatures/s-2/cancellation")).Status);
        Assert.Equal("signature_over", (string?)(await sandbox.PostAsync($"{Address}/signatures/s-1/cancellation")).Json["code"]);
        await sandbox.PostAsync("/clock", """{"advance":"1.00:00:01"}""");

        await Eventually.Async(() => StatusesAsync(sandbox), statuses => statuses == "declined cancelled expired");
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/signatures/s-4")).Status);
        Assert.Equal(404, (await sandbox.GetAsync($"{Address}/signing/nobodys")).Status);
    }

    [Fact]
    public async Task What_is_no_document_or_not_its_digest_is_named()
    {
        await using var sandbox = await SandboxHost.StartAsync();

        Assert.Equal(
            ["/document", "/documentName", "/documentSha256", "/language", "/signatureId", "/signer/givenNames", "/signer/personalNumber", "/signer/surname"],
            (await sandbox.PostAsync($"{Address}/signatures", """{"document":"aGVsbG8="}""")).Json["errors"]!.AsArray()
                .Select(fault => (string)fault!["pointer"]!).Order(StringComparer.Ordinal));
        Assert.Equal("/documentSha256", (string?)(await OpenAsync(sandbox, digest: new string('0', 64))).Json["errors"]![0]!["pointer"]);
    }

    private static async Task<string> StatusesAsync(SandboxHost sandbox) =>
        string.Join(' ', (await sandbox.GetAsync($"{Address}/signatures")).Json["signatures"]!.AsArray().Select(signature => (string)signature!["status"]!));

    private static Task<Answer> OpenAsync(SandboxHost sandbox, string id = "s-1", string name = "Contract", string? digest = null) => sandbox.PostAsync(
        $"{Address}/signatures",
        $$"""{"signatureId":"{{id}}","documentName":"{{name}}","documentSha256":"{{digest ?? Digest}}","document":"{{Convert.ToBase64String(Document)}}","signer":{"personalNumber":"I05101999Q","givenNames":"Arta","surname":"Hoxha"},"language":"sq"}""");
}
