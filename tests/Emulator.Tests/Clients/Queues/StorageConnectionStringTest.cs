using Serverless.Emulator.Storage;

namespace Serverless.Emulator.Tests.Clients.Queues;

public sealed class StorageConnectionStringTest
{
    [Fact]
    public void Use_development_storage_is_azurite_on_its_standard_ports()
    {
        var account = StorageConnectionString.Parse("UseDevelopmentStorage=true");

        Assert.Equal(
            ("devstoreaccount1", "http://127.0.0.1:10000/devstoreaccount1", "http://127.0.0.1:10001/devstoreaccount1", "http://127.0.0.1:10002/devstoreaccount1"),
            (account.AccountName, account.BlobEndpoint?.ToString(), account.QueueEndpoint?.ToString(), account.TableEndpoint?.ToString()));
        Assert.NotNull(account.Credential);
    }

    [Fact]
    public void An_account_in_azure_has_its_endpoints_from_protocol_name_and_suffix()
    {
        var account = StorageConnectionString.Parse("DefaultEndpointsProtocol=https;AccountName=bank;AccountKey=a2V5;EndpointSuffix=core.windows.net");

        Assert.Equal(
            ("https://bank.blob.core.windows.net/", "https://bank.queue.core.windows.net/"), (account.BlobEndpoint?.ToString(), account.QueueEndpoint?.ToString()));
    }

    [Fact]
    public void A_shared_access_signature_needs_no_key()
    {
        var account = StorageConnectionString.Parse("BlobEndpoint=http://127.0.0.1:1/a;SharedAccessSignature=?sv=1&sig=x%3D");

        Assert.Equal((null, "sv=1&sig=x%3D"), (account.Credential, account.SharedAccessSignature));
        Assert.Null(account.QueueEndpoint);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AccountName=bank")]
    [InlineData("AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a")]
    [InlineData("AccountName=bank;AccountKey=c2VjcmV0;BlobEndpoint=relative")]
    public void What_cannot_be_read_is_refused_without_repeating_the_key(string text) =>
        Assert.DoesNotContain("c2VjcmV0", Assert.Throws<FormatException>(() => StorageConnectionString.Parse(text)).Message, StringComparison.Ordinal);
}
