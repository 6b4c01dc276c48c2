"""Name parts, office titles and bodies for generated sentences.

Common given names and surnames of many countries are put together at random, so that no real
person is meant.
"""

from __future__ import annotations

GIVEN = {
    "chinese": "Wei Fang Jun Min Lei Yan Hao Xin Jing Tao Mei Ping Hui Bo Ning Rui Qiang Xiaoming "
    "Jianguo Zhiqiang Wenjie Yuxin Haoran Xiaoling Guoqing Yonghong Shufen Lijuan",
    "korean": "Min-jun Seo-yeon Ji-hoon Hye-jin Sung-ho Eun-ji Jae-hyun Soo-jin Dong-wook Mi-kyung "
    "Young-chul Hyun-woo Kyung-wha Chul-soo",
    "arabic": "Ahmed Mohammed Khalid Omar Fatima Layla Hassan Hussein Yusuf Tariq Mahmoud Nadia "
    "Karim Samir Abdullah Faisal Rania Walid Mustafa Jamal Bashir Aisha",
    "slavic": "Ivan Sergei Dmitry Olena Andriy Natalia Mykhailo Svetlana Yevgeny Pavel Katarzyna "
    "Tomasz Marek Jana Vladimír Bohdan Oksana Zoran Milica Dragan Aleksandar Nikolai",
    "spanish": "José Carlos María Luis Ana Javier Alejandro Carmen Miguel Gabriela Andrés Lucía "
    "Fernando Ximena Rodrigo Paulo João Beatriz Thiago Inês",
    "indian": "Arjun Priya Rahul Ananya Vikram Sunita Rajesh Deepak Kavita Imran Ayesha Zafar "
    "Sanjay Lakshmi Harish Nirmala Bilal Farhan",
    "african": "Kwame Amina Chinedu Ngozi Thabo Wanjiru Tendai Abebe Selam Fatou Moussa Ibrahim "
    "Uhuru Oluwaseun Zanele Aminata Mamadou",
    "japanese": "Haruto Yuki Kenji Sakura Takashi Naoko Shigeru Akira Yoshiko Hiroshi Taro Emi",
    "turkic": "Mehmet Ayşe Emre Elif Mustafa Zeynep Aziz Nurlan Aigul Timur Gulnara Reza Maryam "
    "Hossein Leila Behrouz",
    "southeast": "Nguyen Siti Budi Agus Somchai Anong Aung Thida Ferdinand Maricel Joko Dewi Hun",
    "western": "John Mary David Sarah Michael Anna Peter Emma James Laura Thomas Julia Hans Claire "
    "Pierre Sofia Marco Lars Ingrid Niamh Sean Elizabeth Robert Charlotte Giulia Johan Mette",
}
SURNAMES = {
    "chinese": "Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao "
    "Luo Zheng Liang Xie Song Tang Deng Han Feng Cao Peng Ruan Shen Ding Qin Jiang Ouyang",
    "korean": "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Shin Seo Kwon Hwang Ahn",
    "arabic": "al-Masri al-Jabouri Haddad Khalil Mansour al-Otaibi Nasser Saleh al-Hashimi Qasim "
    "Darwish al-Shehri Barakat Aziz Rahman Said al-Tamimi Hamdan Farouk",
    "slavic": "Petrov Kovalenko Ivanova Shevchuk Novak Kowalski Horvat Jovanović Smirnov "
    "Bondarenko Nowak Dvořák Popov Melnyk Sokolov Tkachenko Marković Volkov Lysenko Zieliński",
    "spanish": "García Rodríguez Fernández López Martínez Silva Santos Pereira Gómez Herrera "
    "Morales Castro Vargas Mendoza Oliveira Costa Navarro Rojas",
    "indian": "Sharma Patel Singh Reddy Nair Iyer Gupta Khan Malik Chaudhry Verma Menon Banerjee "
    "Qureshi Siddiqui Desai",
    "african": "Mensah Okafor Nkosi Kamau Moyo Tadesse Diallo Traoré Mwangi Adeyemi Banda Dlamini "
    "Ndiaye Kone Sesay Abubakar",
    "japanese": "Tanaka Suzuki Yamamoto Watanabe Nakamura Kobayashi Ito Saito Mori Hayashi",
    "turkic": "Yılmaz Demir Kaya Şahin Karimov Nazarov Abdullayev Tokayev Hosseini Karimi Rahimi "
    "Ahmadi Jafari Moradi",
    "southeast": "Tran Pham Le Santos Wijaya Susanto Chaiyasit Win Htun Reyes Cruz Nasution Sen",
    "western": "Smith Johnson Müller Schneider Dubois Moreau Rossi Bianchi Andersson Nielsen "
    "Jansen O'Brien Murphy Walker Taylor Fischer Lefèvre Ferrari Berg "
    "Lindqvist Hughes Clarke Weber",
}
TITLES = (
    "President|Prime Minister|Foreign Minister|Defense Minister|Vice President|Chancellor|King|"
    "Interior Minister|Finance Minister|Deputy Prime Minister|Ambassador|Special Envoy|Premier|"
    "Secretary of State|Defense Secretary|Foreign Secretary|Sen.|Gen.|Lt. Gen.|Adm.|Col.|Gov.|"
    "Rep.|Mr.|Ms.|Mrs.|Dr.|Professor|spokesman|spokeswoman|Spokesperson|analyst|Senator|Mayor|"
    "General Secretary|Chairman|Director General|Crown Prince|Deputy Foreign Minister|lawmaker"
).split("|")
FIELDS = (
    "International Studies|Strategic Studies|World Economics and Politics|Security and Defense|"
    "Foreign Policy|European Affairs|Middle East Studies|Asian Security|Public Diplomacy|"
    "Regional Integration and Development|Peace and Conflict Research|Energy Policy|"
    "International Law|Russian and Eurasian Studies|American Studies|Global Governance|"
    "Contemporary International Relations|Trade and Investment|Arms Control and Disarmament|"
    "African Affairs|Oceanic Research and Maritime Law|Human Rights|Economic Cooperation|"
    "Nuclear Safety|Democracy and Governance|Latin American Studies|Defence Analysis"
).split("|")
BODIES = (
    "Institute of|Institute for|Academy of|Center for|Centre for|Council on|Foundation for|"
    "School of|National Institute for|Research Institute of|College of|Society for|Office for"
).split("|")
MINISTRIES = (
    "Foreign Ministry|Defense Ministry|Ministry of Foreign Affairs|Ministry of Defense|"
    "Interior Ministry|Finance Ministry|Ministry of Commerce|Health Ministry|Supreme Court|"
    "Constitutional Court|Central Bank|Election Commission|Ministry of Economy and Trade|"
    "National Security Council|Ministry of Public Security|Air Force|Navy|Army|Coast Guard|"
    "Embassy|Federation Council|State Department|National Assembly|Senate|Parliament"
).split("|")
OUTLETS = (
    "Times|Post|Daily|News|Herald|Tribune|Morning Post|Standard|Gazette|Observer|Journal|"
    "News Agency|Chronicle|Independent|Broadcasting Corporation|Today|Mirror|Sun|Globe|Star"
).split("|")
KNOWN = (
    "United Nations|U.N. Security Council|UN|NATO|European Union|EU|African Union|Arab League|"
    "White House|Kremlin|Pentagon|State Department|ASEAN|World Bank|International Monetary Fund|"
    "IMF|World Trade Organization|WHO|OPEC|Hamas|Hezbollah|Taliban|Reuters|Associated Press|AP|"
    "AFP|BBC|TASS|Xinhua|Al Jazeera|Interfax|Kyodo|International Criminal Court|IAEA|OSCE|BRICS|"
    "G7|G20|Shanghai Cooperation Organization|European Commission|U.S. Congress|CIA|FBI|Red Cross|"
    "House of Representatives|House of Commons|Islamic State|Amnesty International|Yonhap|"
    "Bloomberg|Chinese Foreign Ministry|Russian Foreign Ministry|Israeli military|"
    "Downing Street|Knesset|Duma"
).split("|")
REGIONS = (
    "Middle East|Europe|Asia|Africa|Gaza Strip|West Bank|Black Sea|South China Sea|Taiwan Strait|"
    "Persian Gulf|Red Sea|Baltic Sea|Strait of Hormuz|Korean Peninsula|Balkans|Caucasus|Donbas|"
    "Crimea|Gaza|Golan Heights|Mediterranean|Pacific|Arctic|Central Asia|Southeast Asia|Sahel|"
    "Horn of Africa|Latin America|Western Europe|Kashmir|Tibet|Xinjiang|Hong Kong|Beijing|Moscow"
).split("|")
EVENTS = (
    "World War II|Cold War|G20 summit|G7 summit|Munich Security Conference|Olympic Games|"
    "World Economic Forum|Boao Forum|Shangri-La Dialogue|Arab Spring|Vietnam War|Korean War|"
    "World Cup|Summit of the Americas|Orange Revolution|Iraq War"
).split("|")
# Cities that stand for their governments, more often than other capitals do.
POWERS = (
    "Washington|Moscow|Beijing|Tehran|Kyiv|Brussels|London|Paris|Berlin|Tokyo|Seoul|Pyongyang|"
    "Ankara|Jerusalem|New Delhi|Islamabad|Riyadh|Cairo|Baghdad|Damascus|Kabul|Warsaw|Rome|Madrid|"
    "Ottawa|Canberra|Brasilia|Pretoria|Hanoi|Jakarta|Manila|Caracas|Havana|Taipei|Doha|Vienna"
).split("|")
