using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Notifications;

/// <summary>A gateway that carries ten bytes.</summary>
public sealed class EmailDocumentsTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Fact]
    public async Task What_the_gateway_carries_is_attached_and_what_it_does_not_is_fetched_by_a_link_for_a_week()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services =>
        {
            services.AddCustomers().AddNotifications().AddSingleton<IDocumentRenderer, StubRenderer>();
            services.Configure<DocumentsOptions>(options =>
            {
                options.LinkKeys.Add(Convert.ToBase64String(new byte[32]));
                options.AttachmentAtMost = 10;
                options.PublicUrl = new Uri("https://bank.test/app/");
            });
        });
        var message = new GatewayMessage("m", Arta.Value, "arta@example.com", "Pasqyra", "Pasqyra juaj.", null, "sq");
        var emails = bank.Get<EmailDocuments>();

        var small = (await emails.AddAsync(message, Document("0123456789"), Language.English, CancellationToken.None)).Value!;
        Assert.Equal(("Pasqyra juaj.", "0123456789"), (small.Text, Encoding.UTF8.GetString(Assert.Single(small.Attachments!).Content)));

        var large = (await emails.AddAsync(message, Document("0123456789x"), Language.Albanian, CancellationToken.None)).Value!;
        Assert.Null(large.Attachments);
        const string Before = "Pasqyra juaj. Dokumenti është shumë i madh për t'u bashkëngjitur. Merreni brenda 7 ditësh: https://bank.test/app/api/public/v1/downloads/";
        Assert.StartsWith(Before, large.Text, StringComparison.Ordinal);
        var token = large.Text[Before.Length..];
        var download = bank.Get<DownloadDocument>();
        bank.Clock.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal("0123456789x", Encoding.UTF8.GetString((await download.RunAsync(token, CancellationToken.None)).Value!.Content));
        bank.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal("link_expired", (await download.RunAsync(token, CancellationToken.None)).Error!.Code);

        Assert.IsType<DocumentNotFound>((await emails.AddAsync(message, Document(""), Language.English, CancellationToken.None)).Error);
    }

    private static DocumentReference Document(string content) => new("stub", content, Arta, Language.Albanian);

    /// <summary>A document's id is what it says; of none there is none.</summary>
    private sealed class StubRenderer : IDocumentRenderer
    {
        public string Kind => "stub";

        public Task<Result<DocumentFile>> RenderAsync(DocumentReference document, CancellationToken cancellation) => Task.FromResult(
            document.Id.Length == 0
                ? (Result<DocumentFile>)new DocumentNotFound()
                : new DocumentFile("stub.txt", "text/plain", Encoding.UTF8.GetBytes(document.Id)));
    }
}
