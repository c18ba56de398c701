using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Banking.History;
using Serverless.Banking.Interbank;
using Serverless.Banking.Ledger;
using Serverless.Banking.Network;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Profile;

/// <summary>Where pictures are fetched: a link for some minutes, or an avatar's address.</summary>
public sealed class PhotoAddresses
{
    private readonly DownloadLinks links;

    internal PhotoAddresses(DownloadLinks links) => this.links = links;

    /// <returns>A path of this API; null for who has no picture.</returns>
    public string? Of(CustomerId owner, CustomerProfile profile) => profile switch
    {
        { PhotoId: { } photo } => OfPhoto(owner, photo),
        { AvatarId: { } avatar } => $"/api/public/v1/avatars/{avatar}",
        _ => null,
    };

    public string OfPhoto(CustomerId owner, string photo) =>
        $"/api/public/v1/downloads/{links.Create(new DocumentReference(ProfilePhotos.DocumentKind, photo, owner, default)).Token}";
}

/// <summary>Pictures of contacts, for those who have them in their network (PROF-03): the owner of the number decides.</summary>
internal sealed class ContactPictures(FindCustomerByPhone directory, ProfileTable table, PhotoAddresses addresses) : IProfilePictures
{
    public async Task<Uri?> FindAsync(PhoneNumber phone, CancellationToken cancellation) =>
        await directory.RunAsync(phone, cancellation) is { } owner && await table.FindAsync(owner, cancellation) is { ShowsPhoto: true } profile
        && addresses.Of(owner, profile) is { } path
            ? new Uri(path, UriKind.Relative)
            : null;
}

/// <summary>Pictures in the details of an operation (PROF-03): shown to who has saved the other party, by phone number or by account.</summary>
internal sealed class CounterpartyPictures(
    IbanAccounts accounts, ProfileTable table, PhotoAddresses addresses, FindContactDetails contacts, NetworkTable network, BeneficiaryTable beneficiaries) : ICounterpartyPhotos
{
    public async Task<string?> FindAsync(CustomerId viewer, Party counterparty, CancellationToken cancellation)
    {
        if (Iban.Find(counterparty.Account) is not { } iban || await accounts.FindAsync(iban, cancellation) is not { Owner: var owner }
            || await table.FindAsync(owner, cancellation) is not { ShowsPhoto: true } profile || addresses.Of(owner, profile) is not { } path)
            return null;
        return owner == viewer || await HasSavedAsync(viewer, owner, iban, cancellation) ? path : null;
    }

    private async Task<bool> HasSavedAsync(CustomerId viewer, CustomerId owner, Iban iban, CancellationToken cancellation) =>
        (PhoneNumber.Find((await contacts.RunAsync(owner, cancellation))?.Phone) is { } phone
            && await network.FindAsync(viewer, ContactId.Of(viewer, phone), cancellation) is not null)
        || (await beneficiaries.ListAsync(viewer, cancellation)).Any(beneficiary => beneficiary.Account == iban.Electronic);
}
