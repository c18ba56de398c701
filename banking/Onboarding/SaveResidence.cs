using Serverless.Banking.Profile;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes where the applicant lives, and the branch (ONB-17). It may be corrected until the data are confirmed.</summary>
public sealed class SaveResidence
{
    private readonly OnboardingDoor door;

    internal SaveResidence(OnboardingDoor door) => this.door = door;

    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="InvalidInput"/> with every
    /// <see cref="NotInList"/>, <see cref="NotInCity"/>, <see cref="AddressCharacter"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, Residence residence, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, it => it.State == OnboardingState.DataPending, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        if (Faults(residence).ToArray() is { Length: > 0 } faults)
            return new InvalidInput(faults);
        return await door.WriteAsync(admitted.Value.Stored, admitted.Value.It.Note("residence_given", OnboardingParty.Applicant, door.Now) with { Residence = residence });
    }

    private static IEnumerable<Invalid> Faults(Residence it)
    {
        var lists = ReferenceData.Current;
        var city = lists.Cities.FirstOrDefault(city => city.Code == it.City);
        if (city is null)
            yield return new NotInList("/city");
        else
        {
            if (!city.PostalCodes.Contains(it.PostalCode, StringComparer.Ordinal))
                yield return new NotInCity("/postalCode", it.City);
            if (city.AdministrativeUnits.FirstOrDefault(unit => unit.Code == it.AdministrativeUnit) is not { } unit)
                yield return new NotInCity("/administrativeUnit", it.City);
            else if (unit.Villages.All(village => village.Code != it.Village))
                yield return new NotInList("/village");
        }

        if (string.IsNullOrWhiteSpace(it.Address) || it.Address.Length > ResidenceAddress.RowAtMost)
            yield return new AddressCharacter("/address", "");
        else if (ResidenceAddress.FirstForbidden(it.Address) is { } character)
            yield return new AddressCharacter("/address", character);
        if (lists.Branches.All(branch => branch.Code != it.Branch))
            yield return new NotInList("/branch");
    }
}
