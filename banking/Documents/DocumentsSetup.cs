using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Documents;

public static class DocumentsSetup
{
    /// <summary>Idempotent, because every capability that hands out papers asks for it. The app binds <see cref="DocumentsOptions"/>. A capability adds its <see cref="IDocumentRenderer"/> itself.</summary>
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(DownloadLinks)))
            return services;

        services.AddBankStorage().AddOptions<DocumentsOptions>();
        services.TryAddSingleton<BankBlobs>();
        return services.AddSingleton<DocumentFonts>()
            .AddOperation<PdfReports>()
            .AddOperation<StoredDocuments>()
            .AddSingleton<DownloadLinks>()
            .AddSingleton<DownloadDocument>();
    }
}
