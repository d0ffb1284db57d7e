"""The fields of the manual that are no entity, by the reason."""

from custom_components.growatt_openapi.api import Family

CELL_KINDS = ("Tem", "TemNo", "Volt", "VoltNo")

# Fields of the tables that are no entity, by the reason.
LEFT_OUT = {
    "bits, each with a meaning of its own that the manual does not give": {
        *("apfStatus", "dwStringWarningValue1", "strBreak", "strFault"),
        *("strUnblance", "strUnmatch", "warnBit", "warningValue1", "warningValue2"),
        *("warningValue3", "wPIDFaultValue", "wStringStatusValue", "bmsInfo"),
        *("bmsError2", "bmsError3", "bmsError4", "bmsPackInfo", "sysFaultWord"),
        *(f"sysFaultWord{number}" for number in range(1, 8)),
        *("sysFaultWord8", "sysFaultWord9", "bmsVoltStatus"),
        *("bmsProtection", "faultBitCode", "sysEn"),
        *("acCoupleProtectStatus", "acCoupleWarnStatus"),
    },
    "a code whose values the manual does not explain": {
        *("faultValue", "pidStatus", "bdc1Mode", "bdc1Status", "bdc2Mode"),
        *("bdc2Status", "bdcBusRef", "bdcStatus", "bgridType", "bmsStatus"),
        *("bmsCommunicationType", "bmsIosStatus", "bmsWarn2", "bsystemWorkMode"),
        *("afciPv1", "afciPv2", "afciStatus", "debug3"),
        *("atsBypass", "bmsShowStatus", "dgGridSelect", "electricState", "pfSymbol"),
        *("runModel", "runStatus", "selfTime", "typeFlag"),
        *("dryContactStatus", "operatingMode", "debug1", "debug2"),
        *("onOffGrid", "settableTimePeriod"),
    },
    "a setting, not a measurement": {
        *("chargeSocLimit", "dischargeSocLimit"),
        *("mtncMode", "mtncRqst", "tMtncStrt", "winMode", "winOffGridSOC"),
        *("winOnGridSOC", "winRequest", "tWinEnd", "tWinStart", "sleepOffGridEnable"),
        *("vppVersion", "chargeCutoffVolt", "dischargeCutoffVolt", "priorityChoose"),
    },
    "the same as another field": {
        *("dayMap", "ppvText", "socText"),
        *(f"battery{number}TempF" for number in range(1, 5)),
        *("iacr", "pacr", "vacr", "vacrs", "totalWorkingTime", "timeTotalText"),
        "statusLang",
        *("pCharge", "pDischarge", "statusText", "errorText", "warnText"),
        *("isAgain", "again", "withTime", "lost", "apfStatusText", "pidStatusText"),
    },
    "the meaning differs between the tables": {"bmsUsingCap"},
    "its scale differs between the answers": {"mvpv"},
    "energy of the day or of all time, and no table says which": {"pvEnergy"},
    "a phase, and no table says of what": {"ipva", "ipvb", "ipvc"},
    "a name that no table describes": {
        *("batcdct", "batldt", "cfdllc1", "cfdllc2"),
        *("accChargePower", "accdischargePower", "backupWarning", "batErrorUnion"),
        *("bmsErrorExpansion", "bmsRequestType", "bmsWarnInfo2", "capacityADD"),
        *("chargeForbiddenMark", "dischargeForbiddenMark", "dsgipStartDateTime"),
        *(
            "monitor",
            "plocalLoadR2",
            "sgipCyclCnt",
            "sgipStartCyclCnt",
            "uwBatCycleCntPre",
        ),
        *(f"{end}SingleCell{kind}" for end in ("max", "min") for kind in CELL_KINDS),
    },
    "raw words of the signal processor": {
        f"uwDsp{part}DebugData{number}"
        for part in ("DcDc", "Inv")
        for number in ("", *range(1, 5))
    },
    "what was, not what is": {
        *("bmsErrorOld", "bmsStatusOld", "bmsWarnInfoOld", "numberOfBattCodes"),
        *(f"battHistoryFaultCode{number}" for number in range(1, 9)),
    },
    "which cell or pack it is, not how it does": {
        *("maxMinTempCell", "maxTempNum", "maxVoltCell", "maxVoltNum"),
        *("maxminVoltCell", "minTempGroup", "minTempNum", "minVoltCell"),
        *("minVoltGroup", "minVoltNum"),
        *("accChargePackSn", "accDischargePackSn", "protectPackId"),
        *("uwMaxTemprCellNo", "uwMaxVoltCellNo", "uwMinTemprCellNo"),
        "uwMinVoltCellNo",
        *(f"{place}BattFaultSn" for place in ("first", "second", "third", "fourth")),
    },
    "the sum of fields that older answers have too": {"epvtoday"},
    "what a binary sensor tells": {"heatingStatus"},
    "a time, read by the clocks": {
        "timeStr",
        *("time", "timeCalendar", "calendar", "createTime", "utcTime", "day"),
    },
    "who or what it is, not how it does": {
        *(f"battery{number}SerialNum" for number in range(1, 5)),
        *("batteryPackageQuantity", "ctFlag", "datalogSn", "deviceSn"),
        *("bModuleNum", "bTotalCellNum", "batteryType", "bmsFW", "bmsMCUVersion"),
        *("bmsHardwareVersion", "bmsHardwareVersion2", "bmsHighestSoftVersion"),
        *("pcsBean", "hpsBean", "pbdBean"),
        *("mixBean", "spaBean", "moduleQty", "moduleSeriesQty", "softwareMajorVersion"),
        *("softwareDevelopMajorVersion", "softwareDevelopMinorVersion"),
        "softwareMinorVersion",
        *("id", "address", "alias", "inverterId", "serialNum", "dataLogSn", "batSn"),
        *("batterySN", "batteryNo", "bigDevice", "bMerterConnectFlag"),
        *("bmsFwVersion", "bmsMcuVersion", "inverterBean", "tlxBean", "maxBean"),
    },
}

# What a WIT can report of two modules, one field for each.
OF_TWO_MODULES = (
    *("batCurr", "batVolt", "bStatus", "invRVolt", "invSVolt", "invTVolt"),
    *("onOffGridState", "reactivePowerRealValue", "udCalibApparentPower"),
    *("udOpRSTWatt", "udOpRWatt", "udOpSWatt", "udOpTWatt", "uwAmbient", "uwFreq"),
    *("uwInv", "uwLoadPer", "uwMainCode", "uwMainWarn", "uwNBusVolt", "uwPBusVolt"),
    *("uwOpLineRS", "uwOpLineST", "uwOpLineTR", "uwOutput", "uwSubCode", "uwSubWarn"),
    *(f"uwOpPhase{phase}{kind}" for phase in "RST" for kind in ("Curr", "Volt")),
    *(f"uw{phase}DCICurr" for phase in "RST"),
)

# What storage says once more as text, with its unit or in words.
STORAGE_TEXTS = (
    *("capacity", "chargeMonth", "chargeToStandbyReason", "dischargeMonth"),
    *("dischargeToStandbyReason", "eChargeToday", "eChargeTotal", "eDischargeToday"),
    *("eDischargeTotal", "iCharge", "iDischarge", "iacToGrid", "iacToUser", "ipv"),
    *("pCharge", "pDischarge", "pacToGrid", "pacToUser", "spf5000Status", "vBat"),
    *("vBuck", "vac", "vpv"),
)

# Fields that are an entity of other families, by the reason why not of this one.
LEFT_OUT_HERE = {
    Family.STORAGE: {
        "bits, each with a meaning of its own that the manual does not give": {
            *("batProtect1", "batProtect2", "batProtect3"),
            *("batWarnInfo1", "batWarnInfo2"),
        },
        "a code whose values the manual does not explain": {
            *("bmsStatus2", "chargeToStandbyReason", "dischargeToStandbyReason"),
            *("doStatus", "gaugeBattteryStatus", "gaugeOperationStatus"),
            *("gaugePackStatus", "innerCWCode", "moduleStatus", "updateStatus"),
            "remoteCntlFailReason",
        },
        "a setting, not a measurement": {
            *("bLightEn", "chargeWay", "manualStartEn", "powSavingEn"),
            *("remoteCntlEn", "requestBatteryType", "sciLossChkEn", "uwBatType2"),
        },
        "the same as another field": {
            *(f"{name}Text" for name in STORAGE_TEXTS),
            *("chargeDayMap", "chargeMap", "dischargeMap", "dischargeMapMap"),
        },
        "the sum of fields that older answers have too": {"etoday", "etotal", "sysOut"},
        "its unit is in no table, or not in all": {
            *("gaugeRM1", "gaugeRM2", "gauge2RM1", "gauge2RM2"),
        },
        "a name that no table describes": {
            *("bmsCvolt", "bmsMaxCurrChg", "chgEnergy", "dsgEnergy", "maxminSoc"),
            *("moduleSoc", "moduleTotalCurr", "moduleTotalVolt", "qBat"),
            *("module2MaxTemp", "module2MaxVolt", "module2MinTemp", "module2MinVolt"),
        },
        "which cell or pack it is, not how it does": {
            *("chgBatNum", "dsgBatNum", "maxminCellTempSerialNum"),
            *("maxminCellVoltNum", "moduleId", "moduleId2", "protectPackID"),
        },
        "who or what it is, not how it does": {
            *("batSerialNumId", "batSerialNumber", "deviceType", "hardwareVersion"),
            *("manufacture", "normalPower", "packNum", "parallelHightSoftwarVer"),
            *("rateVA", "rateWatt", "storageBean", "totalCellNum"),
            *("softwareVersion1", "softwareVersion2", "softwareVersion3"),
        },
    },
    Family.MIN: {"a code whose values the manual does not explain": {"uwSysWorkMode"}},
    Family.MAX: {
        "0 while eacToday and eacTotal count": {"powerToday", "powerTotal"},
        "its scale differs between firmwares": {"timeTotal"},
    },
    Family.METER: {
        "who or what it is, not how it does": {
            *("addr", "comAddress", "softCode", "softVersion"),
        },
        "a time, read by the clocks": {
            *("timeText", "meterDh", "meterMs", "meterYm", "statusLastUpdateTime"),
        },
        "a code whose values the manual does not explain": {
            *("commStatus", "modeStatus"),
        },
        "a name that no table describes": {"genericMeter", "historyNumber"},
    },
    Family.ENVIRONMENT: {
        "who or what it is, not how it does": {"addr"},
        "a time, read by the clocks": {"timeText", "statusLastUpdateTime"},
        "a code whose values the manual does not explain": {
            *("commStatus", "deviceStatus"),
        },
        "the same as another field": {"internalTempF"},
        "a number without a unit or a meaning": {
            *("efficiency", "gasConcentration", "lastFourMeasurementsAvg"),
            "sensorSingnalGen",
        },
    },
    Family.GROBOOST: {
        "who or what it is, not how it does": {
            *("addr", "datalogger_sn", "deviceType", "fwVersion", "rs485Addr"),
            *("rs485BaudRate", "version"),
        },
        "a time, read by the clocks": {"sysTime", "timeText"},
        "0 while the channels have a power": {"power"},
        "a code whose values the manual does not explain": {
            *("ajobsModel", "jobsModel", "tuningState", "v9420Status", "waterState"),
        },
        "a setting, not a measurement": {
            *("asetPower", "dryContactOnOff", "dryContactTime", "loadDeviceType"),
            *("loadPriority", "maxTemp", "minTime", "resetFactory", "restart"),
            *("rfCommand", "rfPair", "tempEnable", "totalNumber", "waterHeaterPower"),
            *(
                f"{channel}{setting}"
                for channel in "abc"
                for setting in (
                    *("loadNormalPower", "maxTemp", "minTemp", "onOff"),
                    *("startPower", "time"),
                )
            ),
        },
    },
    Family.WIT: {
        "of two modules that the manual does not tell apart": {
            f"{name}{module}" for name in OF_TWO_MODULES for module in ("First", "Sec")
        },
        "of clusters and packs of batteries, which the manual does not describe": {
            *("bBatBusTarget", "bClusterCnt", "bPacksCnt", "bSigModeCellCnt", "bSoc"),
            *("bSigPackModeCnt", "bSoh", "bSysAvgSoc", "bSysMaxSocPackNum"),
            *("bSysMinSocPackNum", "hcpcLowVoltNum", "hcpcMaxVoltNum", "hcpcTempNum"),
            *("hcpcSingleLowTempNum", "hcpcSingleLowVoltNum", "hcpcSingleMaxTempNum"),
            *("hcpcSingleMaxVoltNum", "hcpcTempNum1", "sysOnPackCnt", "uBatChgP"),
            *("uBatDsgP", "udAccChgSoe", "udAccDisSoe", "uwCellMaxVChg"),
            *("uwCellMinVDis", "uwChargeMaxVol", "uwFullChargeCapacity"),
            "uwUpackRated",
            *(f"uwCell{kind}Value" for kind in ("Tavg", "Tmax", "Tmin")),
            *(f"uwCell{kind}Value" for kind in ("Uavg", "Umax", "Umin")),
            *("uwModMaxBlaTempValue", "uwModMaxVolValue", "uwModMinBlaTempValue"),
            *("uwModeAvgVolValue", "uwModeMinVolValue", "uwModeRatedCap"),
            *("uwModeRatedVol", "uwRatedBatteryCapacity", "uwRatedBatteryPowerEnergy"),
            *("uwSysLoadVolValue", "uwSysMaxAllowIchg", "uwSysMaxAllowIdis"),
            *("uwSysMaxVtotalchg", "uwSysMinVtotaldis", "uwSysTotaVolValue"),
            "uwSysTotalIValue",
        },
        "a code whose values the manual does not explain": {
            *("bAfciStatus", "bAlarmSubCode", "bBmsSta", "bFaultSubCode", "batType"),
            *("bFlagChgDis", "flashEraseAgingOkFlag", "offgridStatus", "pmDerate"),
            *("onOffGridState", "stringPrompt", "usbagingTestOkFlag", "uwAlarmCode"),
            *("uwFaultCode", "uwGenPortDevType", "uwInvWarnValue", "vppWorkStatus"),
        },
        "bits, each with a meaning of its own that the manual does not give": {
            *("fanFaultBit", "strBreak2", "strUnblance2", "strUnmatch2"),
            *("strWaringvalue1", "strWaringvalue2", "udfaultBitHigh", "udfaultBitLow"),
        },
        "a number without a unit or a meaning": {
            *("busCapUsing", "cbat", "cbat2", "cbat3", "delayTime", "reactPowerTotal"),
            *("realPower", "runTime", "sac", "timeTotal", "uAcPower"),
            *("reverseCurr1", "reverseCurr2", "reverseCurr3"),
        },
        "a setting, not a measurement": {f"uwBatEnable{battery}" for battery in "123"},
        "the same as another field": {
            *("vac", "vacs", "vact", "vacRs1", "vacSt1", "vacTr1"),
        },
        "who or what it is, not how it does": {"witBean"},
    },
    Family.SPH_S: {
        "not the code of the text beside it": {"status"},
        "a tenth of the truth in the published answers": {
            *("bmsBatteryVolt", "bmsConstantVolt", "bmsBatteryCurr"),
        },
        "the same as another field": {"batPower", "pex", "vbat1"},
        "at odds with the load power in the published answer": {
            *("loadPower1", "loadPower2"),
        },
        "a code whose values the manual does not explain": {
            *("bmsrequestType", "bmsstatus", "doStatus", "gridStatus", "spStatus"),
            *("systemFault", "systemWarn"),
        },
        "bits, each with a meaning of its own that the manual does not give": {
            *("batProtect1To2", "batProtect3To4", "batProtect5", "batWarnInfo1To2"),
            *("batWarnInfo3", "bmsinfo", "bmspackInfo"),
        },
        "a number without a unit or a meaning": {
            *("bmschgEnergy", "bmsdsgEnergy", "lcdfaultNum", "lcdwarnNum", "timeTotal"),
        },
        "which cell or pack it is, not how it does": {
            *("chgBatNumber", "dsgBatNumber", "maxTempCellNo", "maxVoltCellNo"),
            *("minTempCellNo", "minVoltCellNo", "protectPackID"),
        },
        "who or what it is, not how it does": {
            *("bmssn", "bmsversion", "chipType", "deviceType", "hmiVersion"),
            *("lcdversion", "m1Version", "m2Version", "moduleNum", "sphBean"),
            "totalCellNumber",
        },
    },
    Family.PCS: {
        "between two phases, and no table says of what": {"vpvuv", "vpvvw", "vpvwu"},
    },
}
