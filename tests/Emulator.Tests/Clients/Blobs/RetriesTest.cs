using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Serverless.Emulator.Tests.Clients.Blobs;

public sealed class RetriesTest(StorageFixture azurite)
{
    private static readonly BinaryData Text = BinaryData.FromString("text");

    [Fact]
    public async Task A_busy_server_is_asked_again_with_the_whole_body()
    {
        var container = await azurite.NewContainerAsync();
        var tries = 0;
        var blob = Through(container, async (_, send) => ++tries < 3 ? Busy() : await send()).GetBlobClient("b");

        await blob.UploadAsync(Text);

        Assert.Equal(3, tries);
        Assert.Equal("text", (await container.GetBlobClient("b").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task A_create_whose_answer_was_lost_reports_a_conflict_with_itself()
    {
        var container = await azurite.NewContainerAsync();
        var lost = false;
        var blob = Through(container, async (_, send) =>
        {
            var answer = await send();
            if (lost)
                return answer;
            lost = true;
            answer.Dispose();
            throw new HttpRequestException("the connection broke");
        }).GetBlobClient("b");

        await Refused.WithAsync(409, BlobErrorCode.BlobAlreadyExists, () => blob.UploadAsync(Text));

        Assert.Equal("text", (await container.GetBlobClient("b").DownloadContentAsync()).Value.Content.ToString());
    }

    [Fact]
    public async Task A_refusal_is_not_asked_again()
    {
        var tries = 0;
        var blob = Through(await azurite.NewContainerAsync(), (_, send) =>
        {
            tries++;
            return send();
        }).GetBlobClient("missing");

        await Refused.WithAsync(404, BlobErrorCode.BlobNotFound, () => blob.DownloadContentAsync());

        Assert.Equal(1, tries);
    }

    private BlobContainerClient Through(BlobContainerClient container, Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> wire)
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(new Wire(wire))) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
        return azurite.Blobs(options).GetBlobContainerClient(container.Name);
    }

    private static HttpResponseMessage Busy()
    {
        var busy = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        busy.Headers.Add("x-ms-error-code", "ServerBusy");
        return busy;
    }

    private sealed class Wire(Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, Task<HttpResponseMessage>> wire)
        : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            wire(request, () => base.SendAsync(request, cancellationToken));
    }
}
