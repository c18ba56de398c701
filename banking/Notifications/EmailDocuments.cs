using Microsoft.Extensions.Options;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Notifications;

/// <summary>Adds the document to an e-mail: attached, or where the gateway would not carry it as the address where it can be fetched.</summary>
public sealed class EmailDocuments(DownloadDocument documents, DownloadLinks links, NoticeTexts texts, IOptions<DocumentsOptions> options)
{
    /// <returns>The message with it; or why there is no such document.</returns>
    public async Task<Result<GatewayMessage>> AddAsync(GatewayMessage message, DocumentReference document, Language language, CancellationToken cancellation)
    {
        var found = await documents.RunAsync(document, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var file = found.Value;
        if (file.Content.Length <= options.Value.AttachmentAtMost)
            return message with { Attachments = [new GatewayAttachment(file.Name, file.ContentType, file.Content)] };

        var (address, lifetime) = links.CreateForEmail(document);
        return message with
        {
            Text = texts.WriteLink(language, message.Text, address, lifetime.Days),
        };
    }
}
