using System.Text;

namespace Serverless.Banking.Onboarding;

/// <summary>Takes the personal questionnaire (ONB-19). It may be corrected until the data are confirmed.</summary>
public sealed class SavePersonalData
{
    private readonly OnboardingDoor door;

    internal SavePersonalData(OnboardingDoor door) => this.door = door;

    /// <returns>Or, first match: the errors of <see cref="OnboardingDoor.AdmitAsync(string, OnboardingStep, CancellationToken)"/>, <see cref="InvalidInput"/> with every
    /// <see cref="NotInList"/>, <see cref="NameMalformed"/>.</returns>
    public async Task<Result<OnboardingApplication>> RunAsync(string token, Questionnaire data, CancellationToken cancellation)
    {
        var admitted = await door.AdmitAsync(token, it => it.State == OnboardingState.DataPending && it.TaxStatus is not null, cancellation);
        if (!admitted.IsSuccess)
            return admitted.Error;
        if (Faults(data).ToArray() is { Length: > 0 } faults)
            return new InvalidInput(faults);
        return await door.WriteAsync(admitted.Value.Stored, admitted.Value.It.Note("personal_data_given", OnboardingParty.Applicant, door.Now) with { PersonalData = data });
    }

    private static IEnumerable<Invalid> Faults(Questionnaire data)
    {
        var lists = ReferenceData.Current;
        (string Field, string Code, IReadOnlyList<ReferenceItem> List)[] choices =
        [
            ("/educationLevel", data.EducationLevel, lists.EducationLevels), ("/profession", data.Profession, lists.Professions), ("/jobPosition", data.JobPosition, lists.JobPositions),
            ("/civilStatus", data.CivilStatus, lists.CivilStatuses),
        ];
        foreach (var (field, code, list) in choices)
        {
            if (list.All(item => item.Code != code))
                yield return new NotInList(field);
        }

        if (!IsName(data.FatherFirstName))
            yield return new NameMalformed("/fatherFirstName");
        if (!IsName(data.MotherMaidenSurname))
            yield return new NameMalformed("/motherMaidenSurname");
        if (lists.Countries.FirstOrDefault(country => country.Code == data.BirthCountry) is not { } country)
            yield return new NotInList("/birthCountry");
        else if (country.BirthCities.All(city => city.Code != data.BirthCity))
            yield return new NotInList("/birthCity");
    }

    private static bool IsName(string name) =>
        !string.IsNullOrWhiteSpace(name) && name.EnumerateRunes().Any(Rune.IsLetter) && name.EnumerateRunes().All(rune => Rune.IsLetter(rune) || rune.Value is ' ' or '-' or '\'' or '’' or '.');
}
