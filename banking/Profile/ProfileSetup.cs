using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.History;
using Serverless.Banking.Network;
using Serverless.Banking.Partners;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Profile;

public static class ProfileSetup
{
    /// <summary>Before history and network, which have no pictures without it. The app binds partners and notifications and adds the rest of the bank.</summary>
    public static IServiceCollection AddProfile(this IServiceCollection services)
    {
        services.AddLogging();
        services.AddTable(ProfileTable.Name).AddDocuments().AddAudit().AddRateLimits().AddStaffCalendar();
        services.AddSingleton<ProfileTable>().AddSingleton<EmailCodes>().AddSingleton<SettleProfile>().AddSingleton<SetEmail>().AddSingleton<ScannerClient>();
        services.AddSingleton<IDocumentRenderer, ProfilePhotoDocuments>().AddSingleton<IProfilePictures, ContactPictures>()
            .AddSingleton<ICounterpartyPhotos, CounterpartyPictures>();
        services.AddOperation<ProfilePhotos>().AddOperation<PhotoAddresses>().AddOperation<ChoosePhoto>().AddOperation<FindProfile>().AddOperation<ChangeAddress>();
        services.AddOperation<ChangeEmail>().AddOperation<ConfirmEmail>().AddOperation<SaveRelationship>().AddOperation<AskBanker>();
        return services.AddOperation<FindIncome>().AddOperation<GeneralTerms>().AddOperation<AdvanceProfiles>();
    }
}
