using Serverless.Banking.Accounts;
using Serverless.Banking.Credentials;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Profile;
using Serverless.Banking.Registrations;

namespace Serverless.Banking.Onboarding;

/// <summary>Makes somebody who has signed a customer: customer record, contract, current account, channel user, in this order (ONB-22).</summary>
/// <remarks>
/// Everything derives from the application's id, so a repeat finds what was done and never makes a second one. An outage leaves it to whoever comes next; a refusal for good takes back
/// what was begun, in the opposite order, and hands the application to compliance.
/// </remarks>
internal sealed class CreateClient(
    OnboardingCourse course, OnboardingContracts contracts, OnboardingTable table, RegisterCustomer register, ContractTable signatures, OpenAccount open, ChangeAccountStatus status,
    OnboardedUsers users, PlaceSigned place, ProfileTable profiles)
{
    internal const string AccountName = "Llogaria rrjedhëse";

    public async Task<StoredApplication> RunAsync(StoredApplication stored, CancellationToken cancellation)
    {
        var it = stored.It;
        if (it is not { State: OnboardingState.ContractPending, Contract.SignedAt: { } signedAt })
            return stored;
        var origin = it.Id.ToString("N");
        var wanted = new NewCustomer(
            origin, $"{it.Person!.GivenNames} {it.Person.Surname}", it.Language, it.Email, PhoneNumber.Find(it.Mobile)!.Value,
            PersonalNumber.Find(it.Person.PersonalNumber) ?? PersonalNumber.Find(it.PersonalNumber)!.Value);
        var registered = await register.RunAsync(wanted, cancellation);
        if (!registered.IsSuccess)
            return await HandOverAsync(stored, cancellation);

        var customer = registered.Value;
        await profiles.SaveFirstAsync(customer, AddressOf(it), BranchOf(it), cancellation);
        await signatures.SaveAsync(new ServicesContract(customer, signedAt.InZone(BankTime.Tirane).Date, MayPay: true), cancellation);
        var account = await open.RunAsync(new AccountOpening(origin, customer, Currency.All, AccountName, IsMain: true), cancellation);
        if (!account.IsSuccess)
        {
            await UndoAsync(wanted, customer, cancellation);
            return await HandOverAsync(stored, cancellation);
        }

        if (!await users.AddAsync(customer, origin, cancellation))
        {
            await status.RunAsync(account.Value.Id, AccountStatus.Closed, cancellation);
            await UndoAsync(wanted, customer, cancellation);
            return await HandOverAsync(stored, cancellation);
        }

        await place.RunAsync(
            new SignedDocument(
                customer, StartVideo.Subject, $"{origin}/services", it.Language.Say("Kontratë për shërbime bankare", "Contract for banking services"), contracts.ServicesOf(it), signedAt,
                it.Contract.Installation!),
            cancellation);
        await table.NameCustomerAsync(customer, it.Id, cancellation);
        return await course.ChangeAsync(
            stored,
            now => now is { State: OnboardingState.ContractPending, Contract.SignedAt: not null }
                ? contracts.PrepareAccount(now.To(OnboardingState.AccountCreated, "account_created", OnboardingParty.Bank, course.Now) with
                {
                    Client = new OnboardedClient(customer, account.Value.Id.Value, account.Value.Iban.Electronic),
                })
                : null,
            cancellation);
    }

    private Task<StoredApplication> HandOverAsync(StoredApplication stored, CancellationToken cancellation) => course.ChangeAsync(
        stored, now => now is { State: OnboardingState.ContractPending, Contract.SignedAt: not null } ? course.Hold(now, [ReviewReason.CreationFailed], []) : null, cancellation);

    private async Task UndoAsync(NewCustomer given, CustomerId customer, CancellationToken cancellation)
    {
        await users.RemoveAsync(customer, given.Origin, cancellation);
        await signatures.RemoveAsync(customer, cancellation);
        await profiles.RemoveAsync(customer, cancellation);
        await register.UndoAsync(given, customer, cancellation);
    }

    private static ResidenceAddress AddressOf(OnboardingApplication it)
    {
        var residence = it.Residence!;
        var city = ReferenceData.Current.Cities.First(city => city.Code == residence.City);
        var unit = city.AdministrativeUnits.First(unit => unit.Code == residence.AdministrativeUnit);
        return new ResidenceAddress(residence.Address, Row(unit.Sq), "Shqipëri", city.Sq, residence.PostalCode);
    }

    private static string Row(string text) => text.Length <= ResidenceAddress.RowAtMost ? text : text[..ResidenceAddress.RowAtMost];

    private static string BranchOf(OnboardingApplication it) => ReferenceData.Current.Branches.First(branch => branch.Code == it.Residence!.Branch).Sq;
}
